import type { Log, MetricsPort } from '../../shared/ports.ts';
import type { Delivery } from './deliveries.ts';
import type { Outcome } from './take-delivery.ts';

const levels = {
  started: 'info',
  joined: 'info',
  ignored: 'info',
  refused: 'warn',
  malformed: 'error',
  failed: 'error',
} as const;

/** One line and one count for each outcome. */
export function noteOutcome(
  { channel, id }: Delivery,
  outcome: Outcome,
  { log, metrics }: { log: Log; metrics: MetricsPort<'intake'> },
): void {
  const action = 'action' in outcome ? outcome.action : undefined;
  log[levels[outcome.outcome]]('event taken', {
    outcome: outcome.outcome,
    reason: 'reason' in outcome ? outcome.reason : undefined,
    text: 'text' in outcome ? outcome.text : undefined,
    channel,
    record: id,
    kind: action?.kind,
    instance: action?.instanceId,
    group: action && 'groupName' in action ? action.groupName : undefined,
    hook: action && 'hookName' in action ? action.hookName : undefined,
    execution: 'execution' in outcome ? outcome.execution : undefined,
    error: outcome.outcome === 'failed' ? outcome.error : undefined,
  });
  metrics.add('EventsTaken', 'Count', 1, { Outcome: outcome.outcome });
}
