import type { SandboxInstance } from './lifecycle.ts';
import type { SandboxGroup } from './scaling-registry.ts';

/** A launch template, by its id. */
export interface SandboxTemplate {
  name: string;
  latest: number;
  default: number;
}

/** What a version is; `$Latest` and `$Default` stand for a number. */
export interface SandboxSource {
  templateId: string;
  version: string;
}

/** What an instance that the group launches now is: from which version, and in the zone with the fewest. */
export function launchedFrom(
  { launches, zones = ['eu-west-1a'] }: Pick<SandboxGroup, 'launches' | 'zones'>,
  templates: ReadonlyMap<string, SandboxTemplate>,
  others: readonly SandboxInstance[],
): Pick<SandboxInstance, 'from' | 'zone'> {
  const countIn = (zone: string) => others.filter((instance) => instance.zone === zone).length;
  const zone = [...zones].sort((a, b) => countIn(a) - countIn(b))[0] ?? 'eu-west-1a';
  if (!launches) return { zone };
  const template = templates.get(launches.templateId);
  const numbers: Record<string, number | undefined> = { $Latest: template?.latest, $Default: template?.default };
  return { zone, from: { ...launches, version: String(numbers[launches.version] ?? launches.version) } };
}
