/** One target of the node that a load balancer has not let go of. */
export interface Registration {
  kind: 'target-group' | 'classic';
  /** Of the target group or Classic Load Balancer. */
  group: string;
  /** An instance id or an IP address, with its port where it has one. */
  target: string;
  /** As AWS writes it. */
  state: string;
}

/** Registered, but nothing new is sent to it and nothing is under way. */
const clearStates: ReadonlySet<string> = new Set(['unhealthy', 'unused']);

/**
 * May a target in this state have connections now, or be given new ones? `initial` becomes healthy at any moment, `unavailable` is sent
 * traffic without a health check, `unhealthy.draining` keeps its connections for a while. A state that AWS adds one day counts as well.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html
 */
export function isTargetHeld(state: string): boolean {
  return !clearStates.has(state);
}

/**
 * A Classic Load Balancer says `InService` of an instance that is draining, too; after that, and when it is unhealthy, `OutOfService`. Of
 * `Unknown` nothing follows but that its list of instances decides.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-conn-drain.html
 */
export function isInstanceHeld(state: string, listed: boolean): boolean {
  return state === 'Unknown' ? listed : state !== 'OutOfService';
}

/**
 * A target by address, which Classic Load Balancers do not have, is a pod's, or its host's: whoever registers it goes by the pod and heeds no label of the node, so nobody takes it
 * out while the pod stays. https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/how-it-works/#ip-mode
 */
export function staysWithPod({ target, state }: Registration): boolean {
  return state !== 'draining' && !target.startsWith('i-');
}

export function registrationText({ kind, group, target, state }: Registration): string {
  return `${kind === 'classic' ? 'load balancer' : 'target group'} ${group}: ${target} is ${state}`;
}

/**
 * Tags by which whoever registers a load balancer's targets tells them as its own: the AWS Load Balancer Controller, EKS Auto Mode, and
 * the cloud provider for Classic Load Balancers of Services.
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/pull/1469
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEKSLoadBalancingPolicy.html
 */
const controllerTags = [
  /^elbv2\.k8s\.aws\/cluster$/,
  /^(?:ingress|service)\.k8s\.aws\//,
  /^(?:ingress|service)\.eks\.amazonaws\.com\//,
  /^eks:eks-cluster-name$/,
  /^kubernetes\.io\/(?:service-name$|cluster\/.)/,
];

export function isControllersOwn(tagKeys: readonly string[]): boolean {
  return tagKeys.some((key) => controllerTags.some((pattern) => pattern.test(key)));
}

/** `deregister` leaves to controllers what is theirs, `deregister-all` does not. */
export type LoadBalancerMode = 'off' | 'wait' | 'deregister' | 'deregister-all';
