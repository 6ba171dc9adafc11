import { ElasticLoadBalancingClient } from '@aws-sdk/client-elastic-load-balancing';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { createClassicLoadBalancers } from '../../../shared/adapters/classic-load-balancers.ts';
import { createLoadBalancers } from '../../../shared/adapters/load-balancers.ts';
import { createTargetGroups } from '../../../shared/adapters/target-groups.ts';
import type { LoadBalancerMode, Registration } from '../../../shared/lifecycle/registration.ts';
import type { BalancedNode } from '../../../shared/ports.ts';
import { instanceId, never, startAws } from '../../sandbox/aws/start-aws.ts';

export { instanceId, never };
export const podAddress = '10.0.1.77';
export const vpcId = 'vpc-0a1b2c3d';

/** The adapter over HTTP on a sandbox whose Elastic Load Balancing is still empty. */
export async function startBalancers(mode: LoadBalancerMode = 'wait') {
  const aws = await startAws();
  const { clock, clientOptions, sandbox } = aws;
  const warnings: Record<string, unknown>[] = [];
  const note = () => {};
  const log = { debug: note, info: note, error: note, warn: (_: string, fields = {}) => void warnings.push(fields) };
  const ports = { clock, random: () => 0 };
  const groups = createTargetGroups(new ElasticLoadBalancingV2Client(clientOptions), ports);
  const classics = createClassicLoadBalancers(new ElasticLoadBalancingClient(clientOptions), ports);
  const port = createLoadBalancers(mode, { groups, classics, log });
  const ours: BalancedNode = { instanceId, addresses: [podAddress], vpcId, drains: 1 };
  return {
    ...aws,
    port,
    ours,
    warnings,
    balancing: sandbox.balancing,
    look: (node: Partial<BalancedNode> = {}, signal = never) => port.stillRegistered({ ...ours, ...node }, signal),
    /** How often each operation was called since the last time. */
    counts: () => {
      const calls = sandbox.calls.splice(0).map(({ operation }) => operation);
      return Object.fromEntries(
        Map.groupBy(calls, (name) => name)
          .entries()
          .map(([name, all]) => [name, all.length]),
      );
    },
  };
}

export function told(registrations: readonly Registration[]): string[] {
  return registrations.map(({ group, target, state }) => `${group} ${target} ${state}`);
}
