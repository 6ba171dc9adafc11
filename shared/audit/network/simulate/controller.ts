import type { Cluster } from '../eks-shapes.ts';
import type { ClusterObjects, Container, PodController } from '../kubernetes-shapes.ts';
import { imageVersion, parseVersion, type Version } from './versions.ts';

/** What makes a cluster's load balancers: the AWS Load Balancer Controller, or what EKS Auto Mode runs in its stead. */
export interface BalancerController {
  kind: 'load-balancer-controller' | 'eks-auto-mode';
  image: string | undefined;
  /** Undefined: neither the image's tag nor a label names one. */
  version: Version | undefined;
  /** Feature gates that its flags set. */
  gates: Readonly<Record<string, boolean>>;
  /** As which cluster it looks for tags, if its flags say. */
  clusterName: string | undefined;
}

/** `unread`: the Deployments could not be listed. */
export type ControllerLook = BalancerController | 'none' | 'unread';

const name = 'aws-load-balancer-controller';

export function findController(cluster: Cluster, { deployments }: ClusterObjects): ControllerLook {
  const deployed = deployments?.items.map(asController).find((each) => each !== undefined);
  if (deployed) return deployed;
  if (cluster.kubernetesNetworkConfig?.elasticLoadBalancing?.enabled)
    return { kind: 'eks-auto-mode', image: undefined, version: undefined, gates: {}, clusterName: undefined };
  return deployments ? 'none' : 'unread';
}

function asController({ metadata, spec }: PodController): BalancerController | undefined {
  const containers = spec?.template?.spec?.containers ?? [];
  const named = metadata.name === name || metadata.labels?.['app.kubernetes.io/name'] === name;
  const own = containers.find(({ image }) => image?.includes(name)) ?? (named ? containers[0] : undefined);
  if (!own) return undefined;
  return {
    kind: 'load-balancer-controller',
    image: own.image,
    version: imageVersion(own.image) ?? parseVersion(metadata.labels?.['app.kubernetes.io/version']),
    gates: Object.assign({}, ...flagValues(own, 'feature-gates').map(parseGates)),
    clusterName: flagValues(own, 'cluster-name').at(-1),
  };
}

/** `--flag=value` and `--flag value`, wherever it stands. */
function flagValues({ command = [], args = [] }: Container, flag: string): string[] {
  const words = [...command, ...args];
  return words.flatMap((word, at) => {
    if (word.startsWith(`--${flag}=`)) return [word.slice(flag.length + 3)];
    const next = words[at + 1];
    return word === `--${flag}` && next !== undefined ? [next] : [];
  });
}

/** `A=true,B=false`, with the truths that Go's ParseBool takes. https://pkg.go.dev/strconv#ParseBool */
function parseGates(text: string): Record<string, boolean> {
  const pairs = text.split(',').map((each) => each.split('=').map((part) => part.trim()));
  return Object.fromEntries(
    pairs
      .filter(([gate, value]) => gate && /^(1|t|true|0|f|false)$/i.test(value ?? ''))
      .map(([gate, value]) => [gate, /^(1|t|true)$/i.test(value ?? '')]),
  );
}
