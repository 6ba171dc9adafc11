import { ownMetric, sumOf } from './own-metrics.ts';
import { repeated, type Watches } from './watch.ts';

/** What ticks write at once or at their end, of drains and of both. */
export function watchesOfDrains(): Watches {
  return {
    DrainsAlarming: {
      metric: ownMetric('terminate', 'DrainsAlarming', {}),
      says:
        'A drain ended otherwise than it should: pods were deleted past their budgets, left behind or never looked at. Find "drain ended" ' +
        'at level ERROR in the log of the tick: it has the reason, the node and where the report lies.',
    },
    RightsMissing: {
      metric: ownMetric('terminate', 'RightsMissing', {}),
      says:
        'A cluster forbids what a drain must do, and its pods will stay. Find "right missing" in the log of the tick, and apply what ' +
        '"npm run enl -- rbac" prints to that cluster before the deadline of the drain.',
    },
    ClusterUnreachable: {
      metric: ownMetric('terminate', 'ClusterTrouble', { Kind: 'cluster-unreachable' }),
      says:
        'The API server of a cluster gives no usable answer; its nodes will soon be let go undrained. Find "cluster trouble" in the log ' +
        'of the tick, then check the health of that cluster and whether its endpoint may be reached from the function.',
    },
    ClusterNotMapped: {
      metric: ownMetric('terminate', 'ClusterTrouble', { Kind: 'not-mapped' }),
      says:
        'A cluster does not know the role of the drain, or lets it read nothing; its nodes will soon be let go undrained. Give the role ' +
        'in the output DrainRoleArn an access entry there, and apply what "npm run enl -- rbac" prints.',
    },
    ClusterMarkRefused: {
      metric: ownMetric('terminate', 'ClusterTrouble', { Kind: 'mark-refused' }),
      says:
        'A cluster refuses to cordon and mark a node, so none of its pods is evicted. Find "cluster trouble" in the log of the tick: a ' +
        'right is missing, or an admission webhook stands in the way.',
    },
    HookOptionsUnusable: {
      metric: ownMetric('terminate', 'HookOptionsUnusable', {}),
      says:
        'The metadata of a hook asks for what cannot be: its drains go on with the settings of the stack. Find "hook options unusable" in ' +
        'the log of the tick, and put the hook with metadata that holds.',
    },
    HookCompletionsFailed: {
      metric: sumOf({
        drains: ownMetric('terminate', 'HookCompletionsFailed', {}),
        launches: ownMetric('launch', 'HookCompletionsFailed', {}),
      }),
      ...repeated,
      says:
        'Auto Scaling does not take the end of drains or launches: their instances wait, and cost, until their hooks time out. Find "hook ' +
        'not completed" in the logs of the ticks: it has the error, mostly a right that is missing or throttling.',
    },
    HeartbeatsFailed: {
      metric: sumOf({
        drains: ownMetric('terminate', 'HeartbeatsFailed', {}),
        launches: ownMetric('launch', 'HeartbeatsFailed', {}),
      }),
      ...repeated,
      says:
        'Auto Scaling does not take heartbeats: it will end instances in the middle of their drains when their hooks time out. Find ' +
        '"heartbeat failed" in the logs of the ticks: it has the error, mostly a right that is missing or throttling.',
    },
    ReportsNotKept: {
      metric: ownMetric('terminate', 'ReportsNotKept', {}),
      ...repeated,
      says:
        'Reports cannot be written: drains go on, but nobody will know what they did. Find "report not kept" in the log of the tick, then ' +
        'check that the bucket is there and that neither its policy nor its key shuts out the role of the drain.',
    },
  };
}
