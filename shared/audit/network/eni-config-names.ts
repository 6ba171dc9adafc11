import type { Cni } from './cni-look.ts';
import type { ClusterContext } from './context.ts';
import { nodePlaces, subnetsInUse } from './node-places.ts';

/** An ENIConfig that the CNI of some nodes looks for. */
export interface WantedEniConfig {
  name: string;
  /** The zone of those nodes; undefined where their Node objects do not say. */
  zone: string | undefined;
  /** For a reader. */
  wantedBy: string;
}

const zoneLabels = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'];

/**
 * An annotation of the node goes before its label, and with neither it is the one named default. Before there are nodes, the zones of their
 * subnets tell, if zones are what the names are of; undefined when that cannot be told. https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network-tutorial.html
 */
export function wantedEniConfigs(context: ClusterContext, { env }: Cni): WantedEniConfig[] | undefined {
  const label = env.ENI_CONFIG_LABEL_DEF || 'k8s.amazonaws.com/eniConfig';
  const annotation = env.ENI_CONFIG_ANNOTATION_DEF || 'k8s.amazonaws.com/eniConfig';
  const nodes = (context.kubernetes.nodes?.items ?? []).filter(
    ({ metadata }) => metadata.labels?.['eks.amazonaws.com/compute-type'] !== 'fargate',
  );
  const ofNodes = nodes.map(({ metadata: { name: node, labels = {}, annotations = {} } }) => {
    const name = annotations[annotation] ?? labels[label] ?? 'default';
    return { name, zone: zoneLabels.map((key) => labels[key]).find((zone) => zone), wantedBy: `node ${node}` };
  });
  const byZone = zoneLabels.includes(label);
  if (!byZone) return context.kubernetes.nodes ? distinct(ofNodes) : undefined;
  const places = nodePlaces(context).filter(({ kind }) => kind !== 'fargate');
  const ofSubnets = subnetsInUse(context, places).map(({ subnet: { AvailabilityZone: zone = '', SubnetId } }) => ({
    ...{ name: zone, zone, wantedBy: `nodes in ${SubnetId}` },
  }));
  return distinct([...ofNodes, ...ofSubnets]);
}

function distinct(all: readonly WantedEniConfig[]): WantedEniConfig[] {
  return [...new Map(all.toReversed().map((each) => [`${each.name} ${each.zone}`, each])).values()].reverse();
}
