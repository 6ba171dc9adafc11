import { ElasticLoadBalancingClient } from '@aws-sdk/client-elastic-load-balancing';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancerMode } from '../lifecycle/registration.ts';
import type { Clock, LoadBalancerPort, Log } from '../ports.ts';
import { createClassicLoadBalancers } from './classic-load-balancers.ts';
import { clientDefaults } from './client-defaults.ts';
import { createLoadBalancers } from './load-balancers.ts';
import { createTargetGroups } from './target-groups.ts';

/** Import it only when it is needed: two clients, of which most drains need both at their end only. */
export function openLoadBalancers(
  mode: LoadBalancerMode,
  { log, ...ports }: { log: Log; clock: Clock; random: () => number },
): LoadBalancerPort {
  const groups = createTargetGroups(new ElasticLoadBalancingV2Client(clientDefaults), ports);
  const classics = createClassicLoadBalancers(new ElasticLoadBalancingClient(clientDefaults), ports);
  return createLoadBalancers(mode, { groups, classics, log });
}
