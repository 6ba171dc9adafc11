import type { ClusterContext } from './context.ts';
import { type DiscoveryRules, possibleRules } from './simulate/discovery-rules.ts';
import { localeOf } from './simulate/locales.ts';
import { isLbcPublic } from './simulate/routes.ts';
import {
  type Discovery,
  type DiscoveryRequest,
  type DiscoveryView,
  discoverSubnets,
} from './simulate/subnet-discovery.ts';

/** As whom the controller looks for tags. */
export function discoveringName({ cluster, controller }: ClusterContext): string {
  return (typeof controller === 'object' ? controller.clusterName : undefined) ?? cluster.name;
}

/** A cluster's VPC as its controller looks at it. */
export function discoveryView(context: ClusterContext): DiscoveryView {
  const { subnets = [], routing, zones } = context;
  return {
    subnets,
    clusterName: discoveringName(context),
    isPublic: ({ SubnetId }) => {
      const effective = routing.get(SubnetId);
      return effective && isLbcPublic(effective.table);
    },
    localeOf: (subnet) => localeOf(subnet, zones),
  };
}

/** All rules that the cluster's controller may look by: one when its version is known, none when there is no controller. */
export function controllerRules({ controller, cluster }: ClusterContext): DiscoveryRules[] {
  return controller === 'none' ? [] : possibleRules(controller, cluster.version);
}

/** One for each way in which the controller may look. */
export function discoveries(context: ClusterContext, request: DiscoveryRequest): Discovery[] {
  const view = discoveryView(context);
  return controllerRules(context).map((rules) => discoverSubnets(request, view, rules));
}

/** What all agree on; undefined when it depends on what is not known. */
export function agreed<T, R>(all: readonly T[], of: (each: T) => R): R | undefined {
  const [first, ...rest] = all.map(of);
  return rest.every((each) => each === first) ? first : undefined;
}
