import type { BalancerController, ControllerLook } from './controller.ts';
import { atLeast, parseVersion, type Version } from './versions.ts';

/** How a controller of some version looks for subnets. */
export interface DiscoveryRules {
  /** A subnet has to carry the cluster's own tag. */
  ownTagRequired: boolean;
  /** A subnet that carries only other clusters' tags is passed over. */
  passesOverOthers: boolean;
  /** With no tagged subnet at all, routes decide. */
  fallsBackOnRoutes: boolean;
  /** An Application Load Balancer may have one subnet. */
  albSingleSubnet: boolean;
  /** For dual-stack load balancers, subnets without IPv6 are passed over. */
  minds6: boolean;
  /** Words for finding no subnet. */
  words: 'discover' | 'match' | 'evaluated';
}

/** https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/ */
export function discoveryRules(version: Version, gates: BalancerController['gates'] = {}): DiscoveryRules {
  const evaluated = atLeast(version, [2, 12, 1]);
  return {
    ownTagRequired: !atLeast(version, [2, 1, 2]),
    passesOverOthers: !atLeast(version, [2, 4, 2]) || (gates.SubnetsClusterTagCheck ?? true),
    fallsBackOnRoutes: evaluated && (gates.SubnetDiscoveryByReachability ?? true),
    albSingleSubnet: gates.ALBSingleSubnet ?? false,
    // https://github.com/kubernetes-sigs/aws-load-balancer-controller/pull/4865
    minds6: atLeast(version, [3, 5, 0]),
    words: evaluated ? 'evaluated' : atLeast(version, [2, 5, 0]) ? 'match' : 'discover',
  };
}

/** EKS Auto Mode looks for tags only. https://docs.aws.amazon.com/eks/latest/userguide/tag-subnets-auto.html */
const autoMode: DiscoveryRules = {
  ownTagRequired: false,
  passesOverOthers: true,
  fallsBackOnRoutes: false,
  albSingleSubnet: false,
  minds6: false,
  words: 'match',
};

/** The first version of each way of looking. */
const milestones: readonly Version[] = [
  [2, 1, 1],
  [2, 1, 2],
  [2, 4, 0],
  [2, 4, 2],
  [2, 5, 0],
  [2, 12, 1],
  [3, 5, 0],
];

/**
 * All that the controller's rules may be: one, when its version is known. Before 2.4.0 it spoke an Ingress API that Kubernetes 1.22 no longer has.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/#supported-kubernetes-versions
 */
export function possibleRules(controller: Exclude<ControllerLook, 'none'>, clusterVersion?: string): DiscoveryRules[] {
  if (controller === 'unread') return since(clusterVersion).map((version) => discoveryRules(version));
  if (controller.kind === 'eks-auto-mode') return [autoMode];
  const { version, gates } = controller;
  return (version ? [version] : since(clusterVersion)).map((each) => discoveryRules(each, gates));
}

function since(clusterVersion: string | undefined): readonly Version[] {
  const kubernetes = parseVersion(clusterVersion);
  const old = !kubernetes || !atLeast(kubernetes, [1, 22, 0]);
  return old ? milestones : milestones.filter((version) => atLeast(version, [2, 4, 0]));
}
