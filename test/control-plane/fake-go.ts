import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stages } from './binaries/artefacts.ts';

/** A folder with a `go` that says to be 1.26 and compiles anything to its name, or hangs over what its environment's HANG names. */
export function createFakeGo(): { folder: string; bin: string } {
  const folder = mkdtempSync(join(tmpdir(), 'fake-go-'));
  const [bin, module] = [join(folder, 'bin'), join(folder, 'kwok')];
  mkdirSync(bin);
  for (const path of Object.values(stages)) {
    mkdirSync(join(module, dirname(path)), { recursive: true });
    writeFileSync(join(module, path), 'a stage\n');
  }
  const script = `#!/bin/sh
case "$1" in
  env) echo "\${GO_VERSION:-go1.26.8}" ;;
  mod) echo '{"Dir": "${module}"}' ;;
  build)
    while [ "$1" != -o ]; do shift; done
    echo half > "$2"
    if [ "\${2##*/}" = "$HANG" ]; then echo "at $2" >&2; sleep 60; fi
    if [ "\${2##*/}" = "$BREAK" ]; then echo 'undefined: something' >&2; exit 1; fi
    echo "\${2##*/}" > "$2"; chmod +x "$2" ;;
esac
`;
  writeFileSync(join(bin, 'go'), script);
  chmodSync(join(bin, 'go'), 0o755);
  return { folder, bin };
}
