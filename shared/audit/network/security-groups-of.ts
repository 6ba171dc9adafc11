import type { ClusterContext } from './context.ts';
import { templatesOf, templateVersion } from './launch-templates.ts';
import type { NodePlace } from './node-places.ts';

/** Security groups of a place's nodes, of its pods on Fargate: those of its launch templates, else the cluster's own. Undefined when not known. */
export function securityGroupsOf({ snapshot, cluster }: ClusterContext, place: NodePlace): string[] | undefined {
  const own = cluster.resourcesVpcConfig?.clusterSecurityGroupId;
  const templates = templatesOf(place).map((each) => templateVersion(snapshot, each)?.LaunchTemplateData);
  const named = templates.map((data) => [
    ...(data?.SecurityGroupIds ?? []),
    ...(data?.NetworkInterfaces ?? []).flatMap(({ Groups = [] }) => Groups),
  ]);
  if (templates.length > 0 && named.every((groups) => groups.length > 0)) {
    const [first = [], ...rest] = named;
    return first.filter((group) => rest.every((groups) => groups.includes(group)));
  }
  const managed = place.kind === 'nodegroup' || place.kind === 'fargate';
  return managed && own !== undefined && !templates.includes(undefined) ? [own] : undefined;
}
