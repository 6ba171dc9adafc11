/** As much of the Amazon States Language (https://states-language.net/spec.html) as the sandbox looks at itself. */
export interface Definition {
  StartAt: string;
  TimeoutSeconds?: number;
  States: Record<string, State>;
}

export interface State {
  Type: string;
  /** Of a Map. */
  ItemProcessor?: Pick<Definition, 'StartAt' | 'States'>;
  Resource?: string;
  TimeoutSeconds?: number;
  Retry?: Retrier[];
  SecondsPath?: string;
  Next?: string;
}

export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: 'FULL' | 'NONE';
}

/** What a Wait becomes, so that its time is the sandbox's clock's. */
export const WAIT = 'sandbox:wait';

/** The interpreter's own timers run in real time: this is what keeps them out of the way (setTimeout's largest delay). */
const NEVER_SECONDS = 2_147_483;

/**
 * The same definition with its time taken out: Waits become tasks that sleep on a clock, limits are left to the caller, and
 * an execution has started at its context's StartedAt.
 * Paths, choices, retriers and catchers stay as they are.
 */
export function takeTimeOut({ StartAt, States }: Pick<Definition, 'StartAt' | 'States'>): Definition {
  const states = Object.entries(States).map(([name, state]) => [name, startedOnClock(withoutTime(state))]);
  return { StartAt, States: Object.fromEntries(states) };
}

/** Every state by its name, those inside of Maps included: a name is given once in a definition. */
export function statesIn({ States }: Pick<Definition, 'States'>): [string, State][] {
  return Object.entries(States).flatMap(([name, state]) => [
    [name, state],
    ...(state.ItemProcessor ? statesIn(state.ItemProcessor) : []),
  ]);
}

/** The interpreter puts the time of this computer into StartTime, whatever it is given. */
function startedOnClock(state: object): object {
  return JSON.parse(JSON.stringify(state).replaceAll('"$$.Execution.StartTime"', () => '"$$.Execution.StartedAt"'));
}

function withoutTime(state: State): object {
  if (state.ItemProcessor)
    return { ...state, ItemProcessor: { ...state.ItemProcessor, ...takeTimeOut(state.ItemProcessor) } };
  if (state.Type === 'Task') return { ...state, TimeoutSeconds: NEVER_SECONDS };
  if (state.Type !== 'Wait') return state;
  const { SecondsPath, ...rest } = state;
  if (!SecondsPath) throw new Error('the sandbox knows Waits by SecondsPath only');
  return {
    ...rest,
    Type: 'Task',
    Resource: WAIT,
    TimeoutSeconds: NEVER_SECONDS,
    Parameters: { 'seconds.$': SecondsPath },
    ResultPath: null,
  };
}
