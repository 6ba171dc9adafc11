import { readFileSync } from 'node:fs';
import type { CliPorts } from './program.ts';

/** The manifests as they are applied; the namespace comes before what is in it. */
const files = ['leases.yaml', 'cluster-role.yaml', 'launch-role.yaml'];

export function printRbac({ out }: CliPorts): void {
  const texts = files.map((file) => readFileSync(new URL(`../infra/rbac/${file}`, import.meta.url), 'utf8').trimEnd());
  out(`${texts.join('\n---\n')}\n`);
}
