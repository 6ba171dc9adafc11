import { agreed, controllerRules, discoveries } from './balancer-discovery.ts';
import type { Judged } from './check.ts';
import type { ClusterContext } from './context.ts';
import { discoveryRemedy } from './discovery-remedy.ts';
import type { BalancerScheme, BalancerType, BalancerWish } from './simulate/load-balancer-wishes.ts';
import type { Discovery, DiscoveryRequest } from './simulate/subnet-discovery.ts';
import { hasRole } from './simulate/subnet-tags.ts';
import { unread } from './unread.ts';

const names: Record<BalancerType, string> = { alb: 'Application Load Balancer', nlb: 'Network Load Balancer' };
const reads = {
  routes: 'ec2:DescribeRouteTables',
  zones: 'ec2:DescribeAvailabilityZones',
  addresses: 'ec2:DescribeSubnets',
} as const;

/** What would become of a load balancer of each type that leaves its subnets to the controller; and those that do not, by themselves. */
export function judgeDiscovery(context: ClusterContext, scheme: BalancerScheme): Judged[] {
  const { arn: resource, subnets, controller, balancers } = context;
  if (!subnets) return [unread(context, resource, 'ec2:DescribeSubnets')];
  if (controller === 'none') {
    const text = 'no AWS Load Balancer Controller runs in the cluster';
    return [{ status: 'NOT_APPLICABLE', resource, text, evidence: {} }];
  }
  const ofScheme = balancers.wishes.filter((wish) => wish.scheme === scheme);
  const own = ofScheme.filter(({ subnetsFrom }) => subnetsFrom === undefined);
  if (own.length === 0 && scheme === 'internet-facing' && isCutOff(context)) {
    const text = 'the VPC has no internet gateway, and nothing asks for an internet-facing load balancer';
    return [{ status: 'NOT_APPLICABLE', resource, text, evidence: {} }, ...named(context, ofScheme)];
  }
  return [...requestsOf(scheme, own).map((each) => judgeRequest(context, each, own)), ...named(context, ofScheme)];
}

/** Both types in any case, and dual-stack ones where one is asked for. */
function requestsOf(scheme: BalancerScheme, own: readonly BalancerWish[]): DiscoveryRequest[] {
  const types = ['alb', 'nlb'] as const;
  const dual = types.filter((type) => own.some((wish) => wish.type === type && wish.addresses.startsWith('dualstack')));
  return [
    ...types.map((type) => ({ type, scheme, dualStack: false })),
    ...dual.map((type) => ({ type, scheme, dualStack: true })),
  ];
}

/** Known to have no internet gateway, no subnet that claims one and nothing that asks for one. */
function isCutOff({ snapshot, vpcId, subnets = [], balancers }: ClusterContext): boolean {
  const attached = snapshot.InternetGateways?.some(({ Attachments = [] }) =>
    Attachments.some(({ VpcId }) => VpcId === vpcId),
  );
  return attached === false && balancers.complete && !subnets.some((subnet) => hasRole(subnet, 'internet-facing'));
}

function judgeRequest(context: ClusterContext, request: DiscoveryRequest, own: readonly BalancerWish[]): Judged {
  const found = discoveries(context, request);
  const last = found.at(-1);
  const { type, scheme, dualStack } = request;
  const matter = dualStack ? `${type} dualstack` : type;
  const what = `${dualStack ? 'a dual-stack' : 'an'} ${scheme} ${names[type]}`;
  const about = {
    resource: context.arn,
    matter,
    evidence: evidenceOf(context, request, found, own),
  };
  const verdict = agreed(found, verdictOf);
  if (verdict === undefined || !last) {
    const text = `what becomes of ${what} depends on the controller's version, which ${whyNoVersion(context)}`;
    const missing = context.controller === 'unread' ? { missing: ['list deployments.apps'] } : {};
    return { ...about, status: 'UNKNOWN', text, ...missing };
  }
  if (last.unknown) return unknownFrom(context, about, `what becomes of ${what} is not known`, last.unknown);
  const ids = last.chosen.map(({ SubnetId }) => SubnetId);
  const remediation = discoveryRemedy(context, request, last);
  if (last.error) return { ...about, status: 'FAIL', text: `${what} would fail: ${last.error}`, remediation };
  if (verdict === 'WARN') {
    const text = `${what} would get ${ids.join(', ')} only since no subnet has its role tag and routes decide instead`;
    return { ...about, status: 'WARN', text, remediation };
  }
  return { ...about, status: 'PASS', text: `${what} would get ${ids.join(', ')}` };
}

function verdictOf({ unknown, error, path }: Discovery): string {
  if (unknown) return `UNKNOWN ${unknown}`;
  if (error) return 'FAIL';
  return path === 'tags' ? 'PASS' : 'WARN';
}

function unknownFrom(
  context: ClusterContext,
  about: Pick<Judged, 'resource' | 'matter' | 'evidence'>,
  text: string,
  unknown: NonNullable<Discovery['unknown']>,
): Judged {
  const { text: why, missing = [] } = unread(context, about.resource, reads[unknown]);
  return { ...about, status: 'UNKNOWN', text: `${text}: ${why}`, missing };
}

function whyNoVersion({ controller }: ClusterContext): string {
  if (typeof controller === 'string') return 'could not be read';
  return `${controller.image ?? 'its image'} does not tell`;
}

function evidenceOf(
  context: ClusterContext,
  { type, dualStack }: DiscoveryRequest,
  found: readonly Discovery[],
  own: readonly BalancerWish[],
) {
  const { controller } = context;
  const asked = own.filter((wish) => wish.type === type && wish.addresses.startsWith('dualstack') === dualStack);
  return {
    controller: typeof controller === 'string' ? controller : (controller.image ?? controller.kind),
    askedForBy: asked.map(({ object }) => object),
    waysOfLooking: controllerRules(context).length,
    chosen: (found.at(-1)?.chosen ?? []).map(({ SubnetId, AvailabilityZone }) => `${SubnetId} ${AvailabilityZone}`),
    passedOver: (found.at(-1)?.passedOver ?? []).map(({ subnet, why }) => `${subnet.SubnetId} ${why}`),
  };
}

function named({ arn }: ClusterContext, wishes: readonly BalancerWish[]): Judged[] {
  return wishes.flatMap(({ object, subnetsFrom }) => {
    if (subnetsFrom === undefined) return [];
    const text = `${object} has its subnets named by ${subnetsFrom}: they are not looked for`;
    return [{ status: 'NOT_APPLICABLE', resource: arn, matter: object, text, evidence: { object, subnetsFrom } }];
  });
}
