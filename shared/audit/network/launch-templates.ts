import type { LaunchTemplateSpecification, LaunchTemplateVersion } from './compute-shapes.ts';
import type { NodePlace } from './node-places.ts';
import type { NetworkSnapshot } from './snapshot.ts';

/** Of what a place launches instances; undefined where it has no launch template of its own. */
export function templatesOf({ nodegroup, group }: NodePlace): LaunchTemplateSpecification[] {
  if (nodegroup) {
    const { id, name, version } = nodegroup.launchTemplate ?? {};
    if (id === undefined && name === undefined) return [];
    return [
      {
        ...(id !== undefined && { LaunchTemplateId: id }),
        ...(name !== undefined && { LaunchTemplateName: name }),
        ...(version !== undefined && { Version: version }),
      },
    ];
  }
  const mixed = group?.MixedInstancesPolicy?.LaunchTemplate;
  const all = [
    group?.LaunchTemplate,
    mixed?.LaunchTemplateSpecification,
    ...(mixed?.Overrides ?? []).map(({ LaunchTemplateSpecification: own }) => own),
  ];
  return all.filter((each) => each !== undefined);
}

/** The version that a specification means; undefined when it is not in the snapshot. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateSpecification.html */
export function templateVersion(
  { LaunchTemplateVersions = [] }: NetworkSnapshot,
  { LaunchTemplateId, LaunchTemplateName, Version = '$Default' }: LaunchTemplateSpecification,
): LaunchTemplateVersion | undefined {
  const own = LaunchTemplateVersions.filter((each) =>
    LaunchTemplateId === undefined
      ? each.LaunchTemplateName === LaunchTemplateName
      : each.LaunchTemplateId === LaunchTemplateId,
  );
  if (Version === '$Default') return own.find(({ DefaultVersion }) => DefaultVersion);
  if (Version === '$Latest') return own.toSorted((a, b) => (b.VersionNumber ?? 0) - (a.VersionNumber ?? 0))[0];
  return own.find(({ VersionNumber }) => String(VersionNumber) === Version);
}

/** Every instance type that a place launches or has launched, by name. */
export function instanceTypesOf(snapshot: NetworkSnapshot, place: NodePlace): string[] {
  const { nodegroup, group } = place;
  const templates = templatesOf(place).map((each) => templateVersion(snapshot, each)?.LaunchTemplateData?.InstanceType);
  const overrides = group?.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? [];
  const named = [
    ...(nodegroup?.instanceTypes ?? []),
    ...overrides.map(({ InstanceType }) => InstanceType),
    ...(group?.Instances ?? []).map(({ InstanceType }) => InstanceType),
    ...templates,
  ];
  return [...new Set(named.filter((type) => type !== undefined))].sort();
}
