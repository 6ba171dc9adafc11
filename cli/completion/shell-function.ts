import { fileURLToPath } from 'node:url';
import { quote } from '../../shared/lifecycle/shell-quote.ts';

/** Makes `enl` a command of the shell where it is none: this program on this Node, from any folder. */
export function shellFunction(shell: string): string {
  const line = `${quote(process.execPath)} ${quote(fileURLToPath(new URL('../enl.ts', import.meta.url)))}`;
  if (shell === 'bash' || shell === 'zsh') return `command -v enl >/dev/null 2>&1 || enl() { ${line} "$@"; }\n`;
  return shell === 'fish' ? `type -q enl; or function enl; ${line} $argv; end\n` : '';
}
