import type { RollMark } from './roll-mark.ts';
import type { GroupLaunches, LaunchSource, RollInstance } from './roll-ports.ts';

/** What is needed to tell old instances from new ones. */
export interface Selection {
  launches: GroupLaunches;
  versions: ReadonlyMap<string, { latest: string; default: string }>;
  launchTimes: ReadonlyMap<string, number>;
  which: RollMark['which'];
  /** Launched before it is old, in epoch milliseconds; undefined where the launch template tells. */
  before: number | undefined;
}

/**
 * Why an instance is to be replaced, in words; undefined: it stays. As an instance refresh with skip matching does, the type of an instance
 * has to be among those that the group launches.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-instance-refresh-skip-matching.html
 */
export function whyOld(instance: RollInstance, selection: Selection): string | undefined {
  const { which, before, launchTimes } = selection;
  if (which !== 'template') {
    const launchedAt = launchTimes.get(instance.id);
    // Auto Scaling may name an instance that EC2 does not tell of yet: that one is new.
    if (before === undefined || launchedAt === undefined || launchedAt >= before) return undefined;
    return `launched ${new Date(launchedAt).toISOString()}`;
  }
  return unlikeGroup(instance, selection);
}

function unlikeGroup({ from, type }: RollInstance, { launches, versions }: Selection): string | undefined {
  const wanted = wantedFor(type, launches);
  if (wanted === 'no type of the group') return `the group has no ${type} any more`;
  // A group of which nothing is known has no old instances.
  if (wanted.length === 0) return undefined;
  if (!from) return 'launched from nothing that the group knows';
  const said = sourceText(from, versions);
  return wanted.some((source) => sourceText(source, versions) === said) ? undefined : `launched from ${said}`;
}

function wantedFor(type: string | undefined, { from, overrides }: GroupLaunches) {
  const fallback = from ? [from] : [];
  const typed = overrides.filter((override) => override.type !== undefined);
  const ofType = typed.filter((override) => override.type === type);
  if (ofType.length > 0) return ofType.flatMap((override) => override.from ?? fallback);
  // Without types in it, the policy chooses by attributes: any of its templates may have been taken.
  if (typed.length < overrides.length) return [...fallback, ...overrides.flatMap((override) => override.from ?? [])];
  if (typed.length > 0 && type !== undefined) return 'no type of the group' as const;
  return fallback;
}

/** With the number that a version stands for now. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateSpecification.html */
export function sourceText(source: LaunchSource, versions: Selection['versions']): string {
  if ('configuration' in source) return `launch configuration ${source.configuration}`;
  const known = versions.get(source.templateId);
  const alias: Record<string, string | undefined> = { $Latest: known?.latest, $Default: known?.default };
  return `${source.templateId}:${alias[source.version] ?? source.version}`;
}
