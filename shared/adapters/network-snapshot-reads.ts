import type { DeniedRead } from '../audit/network/snapshot.ts';
import type { Clock } from '../ports.ts';
import { isNamed } from './error-name.ts';
import { orAbort } from './no-answer.ts';

/** A page as AWS answers it: EKS writes its token small. */
export interface AnswerPage {
  NextToken?: string | undefined;
  nextToken?: string | undefined;
}

export interface SnapshotReads {
  /** What was refused so far. */
  denied: DeniedRead[];
  /** How many answers AWS gave. */
  answers(): number;
  /** One answer; undefined when it was refused, which is noted. */
  one<Answer>(action: string, about: string, send: () => Promise<Answer>): Promise<Answer | undefined>;
  /** All pages' items in one; undefined when any of them was refused: half a list would look like a whole one. */
  all<Item>(
    action: string,
    about: string,
    send: (token: string | undefined) => Promise<AnswerPage>,
    items: (page: never) => readonly unknown[] | undefined,
  ): Promise<Item[] | undefined>;
}

export interface ReadsOptions {
  clock: Pick<Clock, 'sleep'>;
  random: () => number;
  signal: AbortSignal;
  onAnswer?: ((action: string) => void) | undefined;
}

const [atOnce, patience] = [4, 3];
const pauseMilliseconds = 10_000;

const refusals = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'];
/** A partition may lack an operation. */
const unheardOf = ['InvalidAction', 'UnsupportedOperation', 'UnknownOperationException'];
const throttled = ['Throttling', 'ThrottlingException', 'RequestLimitExceeded', 'TooManyRequestsException'];

/**
 * Reads that share an account's limits: a few at a time, and when the client has given up on being throttled all of them rest for ten to
 * twenty seconds. What is refused, throttled to the end or answered with an error of the service is noted, and the rest goes on; everything
 * else is thrown.
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
export function snapshotReads({ clock, random, signal, onAnswer }: ReadsOptions): SnapshotReads {
  const denied: DeniedRead[] = [];
  const waiting: (() => void)[] = [];
  let underWay = 0;
  let answered = 0;
  let resting: Promise<void> | undefined;

  const rest = () => {
    resting ??= clock.sleep(pauseMilliseconds * (1 + random()), signal).finally(() => {
      resting = undefined;
    });
    return resting;
  };

  const patiently = async <T>(send: () => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      await resting;
      signal.throwIfAborted();
      try {
        return await orAbort(send(), signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!isNamed(error, ...throttled) || attempt === patience) throw error;
        await rest();
      }
    }
  };

  const inTurn = async <T>(action: string, send: () => Promise<T>): Promise<T> => {
    if (underWay < atOnce) underWay += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      const answer = await patiently(send);
      answered += 1;
      onAnswer?.(action);
      return answer;
    } finally {
      const next = waiting.shift();
      if (next) next();
      else underWay -= 1;
    }
  };

  const unlessRefused = async <T>(action: string, about: string, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Error && isNoted(error))) throw failed(action, about, error);
      denied.push({ action, about, message: shortened(`${error.name}: ${error.message}`) });
      return undefined;
    }
  };

  return {
    denied,
    answers: () => answered,
    one: (action, about, send) => unlessRefused(action, about, () => inTurn(action, send)),
    all: <Item>(
      action: string,
      about: string,
      send: (token: string | undefined) => Promise<AnswerPage>,
      items: (page: never) => readonly unknown[] | undefined,
    ) =>
      unlessRefused(action, about, async () => {
        const found: Item[] = [];
        const seen = new Set<string>();
        for (let token: string | undefined; ; ) {
          const page = await inTurn(action, () => send(token));
          // The SDK's types have every field optional, even what names a thing; in JSON both are the same.
          found.push(...((items(page as never) ?? []) as Item[]));
          token = page.NextToken ?? page.nextToken;
          if (!token) return found;
          if (seen.has(token)) throw new Error(`the same page was answered twice: ${token}`);
          seen.add(token);
        }
      }),
  };
}

/** What another read may be spared: not that nobody answers, or that nobody knows who asks. */
function isNoted(error: Error): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
  // What is not of AWS, but of something that stands in for it and lacks an operation.
  const unreadable = error instanceof SyntaxError;
  return status >= 500 || unreadable || isNamed(error, ...refusals, ...unheardOf, ...throttled);
}

/** Whether what was noted is a right that is missing. */
export function isRefusal({ message }: DeniedRead): boolean {
  return refusals.some((name) => message.startsWith(`${name}: `));
}

function failed(action: string, about: string, cause: unknown): Error {
  const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new Error(`reading ${action} of ${about}: ${said}`, { cause });
}

/** Without the part that only AWS can read. */
function shortened(message: string): string {
  return message.replace(/\s*Encoded authorization failure message:.*/s, '').slice(0, 500);
}
