import { controllerRules, discoveryView } from './balancer-discovery.ts';
import type { Judged } from './check.ts';
import type { ClusterContext } from './context.ts';
import type { BalancerScheme } from './simulate/load-balancer-wishes.ts';
import { type Discovery, discoverSubnets } from './simulate/subnet-discovery.ts';
import { hasRole } from './simulate/subnet-tags.ts';

export const schemes: readonly BalancerScheme[] = ['internet-facing', 'internal'];

/** Discovery of a scheme, when there is only one way in which it may go; with tagged subnets, all controllers since 2.4.2 go one way. */
export function plainDiscovery(context: ClusterContext, scheme: BalancerScheme): Discovery | undefined {
  const rules = controllerRules(context).at(-1);
  const tagged = context.subnets?.some((subnet) => hasRole(subnet, scheme)) ?? false;
  const isKnown = typeof context.controller === 'object' && context.controller.version !== undefined;
  const isAuto = typeof context.controller === 'object' && context.controller.kind === 'eks-auto-mode';
  if (!rules || !(tagged || isKnown || isAuto)) return undefined;
  return discoverSubnets({ type: 'alb', scheme, dualStack: false }, discoveryView(context), rules);
}

/** Of a scheme whose subnets are not known, since nothing is tagged and the controller that would go by routes was not seen. */
export function undiscovered({ arn, controller }: ClusterContext, scheme: BalancerScheme): Judged[] {
  if (controller === 'none') return [];
  const text = `which subnets ${scheme} load balancers would get depends on the AWS Load Balancer Controller's version, which is not known`;
  const missing = controller === 'unread' ? { missing: ['list deployments.apps'] } : {};
  return [{ status: 'UNKNOWN', resource: arn, matter: scheme, text, evidence: {}, ...missing }];
}
