import { deliveredAction } from '../world/delivered-event.ts';
import { budget, deployment, node } from './manifests.ts';
import type { Scenario } from './scenario.ts';
import { budgetsKept, cordonsCameFirst, drainedOnce, inFlightWithin } from './storm-must.ts';

const { instanceId, groupName } = deliveredAction();
const workloads = 10;
const podsPerNode = 2;
const quick = { 'sandbox/ready-after': '500ms', 'sandbox/stop-after': '300ms' };
/** From the first to the last: longer than a single node takes to settle, so that only the window for bursts holds it back. */
const burstSeconds = 3;
/** A slow API server, so that evictions really are in flight together. */
const slowness = { match: /^POST .*\/eviction/, effect: { delayMs: 250 } };

/** So many instances of one cluster are terminated at once; a quarter of them by a group with two hooks. */
export function stormOf(count: number): Scenario {
  const ids = [instanceId, ...Array.from({ length: count - 1 }, (_, at) => `i-0${String(at).padStart(16, 'c')}`)];
  const twice = ids.slice(0, Math.ceil(count / 4));
  const actions = count + twice.length;
  const replicas = Math.ceil((count * podsPerNode) / workloads);
  const maxUnavailable = Math.max(1, Math.round(replicas / 3));
  const names = Array.from({ length: workloads }, (_, at) => `shop-${at + 1}`);
  return {
    name: 'storm',
    title: `${count} nodes of one cluster go within seconds, each event comes twice, some have two hooks: each is drained once`,
    shows:
      'A burst is cordoned as a whole before anything is evicted, and its drains share what the API server is to bear; budgets hold through all of it.',
    fleet: {
      going: ids.map((id, at) => node(`ip-10-0-1-${10 + at}.ec2.internal`, id)),
      staying: Array.from({ length: Math.ceil(count / 5) + 1 }, (_, at) =>
        node(`ip-10-0-2-${10 + at}.ec2.internal`, `i-0${String(at).padStart(16, 'd')}`),
      ),
    },
    workloads: names.flatMap((name) => [
      deployment(name, { replicas, annotations: quick }),
      budget(name, { maxUnavailable }),
    ]),
    policy: { maxInFlight: count },
    arrange: ({ faults }) => void faults.add(slowness),
    script: async ({ aws, begin, listen, pause }) => {
      const group = aws.scaling.group(groupName) ?? { tags: {}, hooks: [] };
      const [hook] = group.hooks;
      const second = hook ? [{ ...hook, name: `${hook.name}-2` }] : [];
      aws.scaling.addGroup({ ...group, name: 'two-hooks', hooks: [...group.hooks, ...second] });
      for (const id of ids) aws.scaling.addInstance(twice.includes(id) ? 'two-hooks' : groupName, id);
      listen('sns', 'eventbridge');
      begin();
      for (const id of ids) {
        aws.scaling.terminateInstance(id);
        await pause(burstSeconds / count);
      }
    },
    must: {
      [`there is one execution for each of ${actions} hooks, and each completes its own, once`]: (outcome) =>
        outcome.executions.join() === Array(actions).fill('SUCCEEDED').join() &&
        outcome.completions.join() === Array(actions).fill('CONTINUE').join(),
      'every message found its execution': ({ seen }) =>
        seen.filter((each) => each.from === 'log' && each.line.message === 'event taken').length === 2 * actions,
      [`the ${count} instances may go`]: ({ aws }) =>
        ids.every((id) => /^Terminat(ing:Proceed|ed)$/.test(aws.scaling.instance(id)?.lifecycleState ?? '')),
      'every node was cordoned before the first eviction': (outcome) => cordonsCameFirst(outcome, count),
      'every pod that can move was evicted once, and none is on a node that goes': (outcome) =>
        drainedOnce(outcome, replicas * workloads),
      'evictions in flight stayed within what the cluster is to bear, and each drain within its share': (outcome) =>
        inFlightWithin(outcome, count, count),
      'no budget was ever broken, and no pod forced': budgetsKept,
    },
  };
}

export const storm = stormOf(50);
