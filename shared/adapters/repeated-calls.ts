import { channel } from 'node:diagnostics_channel';
import type { Log } from '../ports.ts';

/** A call of AWS that took more than one attempt. */
export interface RepeatedCall {
  /** As the SDK calls its client. */
  client: string;
  command: string;
  attempts: number;
  /** Of the last attempt; undefined: it succeeded. */
  error: string | undefined;
}

const repeated = channel('eks-node-lifecycle:repeated-call');

/** What an SDK client tells of a call, success or not. */
interface Told {
  clientName?: string;
  commandName?: string;
  error?: { name?: string };
  metadata?: { attempts?: number };
}

/**
 * Clients repeat by themselves what was throttled or failed, and say so nowhere but to their logger. Clients are made in many places and
 * metrics in one: a channel is between them.
 */
export const repeatLogger = { trace: ignore, debug: ignore, info: tell, warn: ignore, error: tell };

/** From now on writes them into log and metrics; the client's own retries have waited for up to 15 s then. */
export function noteRepeatedCalls({ log, metrics }: { log: Log; metrics: RepeatMetrics }): void {
  repeated.subscribe((message) => {
    const { client, command, attempts, error } = message as RepeatedCall;
    metrics.add('CallsRepeated', 'Count', attempts - 1);
    log.warn('call repeated', { client, command, attempts, error });
  });
}

interface RepeatMetrics {
  add(name: 'CallsRepeated', unit: 'Count', value: number): void;
}

function tell({ clientName, commandName, error, metadata }: Told): void {
  const attempts = metadata?.attempts ?? 1;
  if (attempts <= 1) return;
  const call = { client: clientName ?? '', command: commandName ?? '', attempts, error: error?.name };
  repeated.publish(call satisfies RepeatedCall);
}

function ignore(): void {}
