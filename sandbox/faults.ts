import type { Clock } from '../shared/ports.ts';

/** One call to a sandbox service: for Kubernetes `POST /api/v1/…?query`, for AWS the name of the action. */
export interface ServiceCall {
  service: string;
  operation: string;
}

export interface FaultAnswer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: unknown;
}

/** What goes wrong. `reset after` cuts the connection when the service has already done what it was asked. */
export type FaultEffect =
  | { delayMs: number }
  | { answer: FaultAnswer }
  | { reset: 'before' | 'after' }
  | { dropWatchAfterMs: number };

export interface FaultRule {
  service?: string;
  match: RegExp | ((operation: string) => boolean);
  /** How many calls it hits; for ever when absent. */
  times?: number;
  effect: FaultEffect;
}

/** The caller sees a connection that was cut. */
export class ConnectionResetError extends Error {
  override name = 'ConnectionResetError';
}

export interface Faults {
  /** Returns the function that takes the rule away again. Of several rules that match a call the first one left counts. */
  add(rule: FaultRule): () => void;
  clear(): void;
  /** The fault that hits this call, counted as used up once. */
  take(call: ServiceCall): FaultEffect | undefined;
}

export function createFaults(): Faults {
  const rules = new Map<FaultRule, number>();
  return {
    add: (rule) => {
      rules.set(rule, rule.times ?? Number.POSITIVE_INFINITY);
      return () => rules.delete(rule);
    },
    clear: () => rules.clear(),
    take: (call) => {
      for (const [rule, left] of rules) {
        if (!matches(rule, call)) continue;
        if (left <= 1) rules.delete(rule);
        else rules.set(rule, left - 1);
        return rule.effect;
      }
      return undefined;
    },
  };
}

function matches({ service, match }: FaultRule, call: ServiceCall): boolean {
  if (service !== undefined && service !== call.service) return false;
  return typeof match === 'function' ? match(call.operation) : match.test(call.operation);
}

/** Performs a call as the fault that hits it allows. Throws ConnectionResetError for a reset. */
export async function performWithFaults<T>(
  call: ServiceCall,
  perform: () => T | Promise<T>,
  { faults, clock, signal }: { faults: Faults; clock: Clock; signal: AbortSignal },
): Promise<T | FaultAnswer> {
  const effect = faults.take(call);
  if (!effect) return perform();
  if ('delayMs' in effect) await clock.sleep(effect.delayMs, signal);
  if ('answer' in effect) return effect.answer;
  if ('reset' in effect && effect.reset === 'before') throw new ConnectionResetError(`reset before ${call.operation}`);
  const result = await perform();
  if ('reset' in effect) throw new ConnectionResetError(`reset after ${call.operation}`);
  return result;
}
