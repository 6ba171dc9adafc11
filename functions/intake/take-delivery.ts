import type { EventAction } from '../../shared/lifecycle/action.ts';
import type { ExecutionPort, GroupLookups } from '../../shared/ports.ts';
import type { IntakeSettings } from '../../shared/settings/intake.ts';
import { checkPlace, checkTopic, type OurSide } from './check-sender.ts';
import type { Delivery } from './deliveries.ts';
import { findNetwork } from './find-network.ts';
import { readMessage } from './read-message.ts';
import { type Ignored, ignored, type Malformed, type Reading, type Refused } from './reading.ts';
import { startAction } from './start-action.ts';

/** What became of a record, or of one of the actions in it. */
export type Outcome =
  | { outcome: 'started' | 'joined'; action: EventAction; execution: string }
  | ({ outcome: 'ignored'; action?: EventAction } & Omit<Ignored, 'found'>)
  | ({ outcome: 'refused' } & Omit<Refused, 'found'>)
  | ({ outcome: 'malformed' } & Omit<Malformed, 'found'>)
  | { outcome: 'failed'; action: EventAction; text: string; error: unknown };

export interface IntakePorts {
  executions: ExecutionPort;
  groups: GroupLookups;
}

/** Reads one record and starts what it asks for; one action that fails does not keep the others from being started. */
export async function takeDelivery(
  { content }: Delivery,
  settings: Pick<IntakeSettings, 'stateMachines' | 'networks' | 'clusterName'> & OurSide,
  signal: AbortSignal,
  ports: IntakePorts,
): Promise<Outcome[]> {
  const reading = read(content, settings);
  if (reading.found !== 'actions') {
    const { found: outcome, ...rest } = reading;
    return [{ outcome, ...rest } as Outcome];
  }
  return Promise.all(
    reading.actions.map(async (action): Promise<Outcome> => {
      const stateMachineArn = settings.stateMachines[action.kind];
      if (!stateMachineArn) {
        const { found: outcome, ...why } = ignored('no-state-machine', `nothing is set to work on ${action.kind}`);
        return { outcome, ...why, action };
      }
      try {
        const network = await findNetwork(action, settings, signal, ports);
        const there = network?.[action.kind === 'launch' ? 'launch' : 'terminate'];
        return { action, ...(await startAction(action, there ?? stateMachineArn, signal, ports)) };
      } catch (error) {
        // Carried to the caller, who reports every failure after the last record.
        return { outcome: 'failed', action, text: error instanceof Error ? error.message : String(error), error };
      }
    }),
  );
}

function read(content: Delivery['content'], ours: OurSide): Reading {
  if (!('message' in content)) return content;
  const stranger = checkTopic(content.message.topicArn, ours);
  if (stranger) return stranger;
  const reading = readMessage(content.message);
  return (reading.found === 'actions' && checkPlace(reading.actions, ours)) || reading;
}
