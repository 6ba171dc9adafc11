import type { InvokeFunction } from '../../shared/adapters/invoke-function.ts';
import type { ManualRequest, RequestOf } from '../../shared/settings/manual-request.ts';
import { CommandError } from '../command-error.ts';
import type { FunctionName } from './function-name.ts';
import type { RemoteAction, RemoteAnswers, RemoteRefusal } from './remote-answer.ts';

/** What a refusal is that a command has more to say about. */
export class RefusedError extends CommandError {
  override name = 'RefusedError';
  readonly refusal: RemoteRefusal;
  constructor(refusal: RemoteRefusal, next: string) {
    super(refusal.error.message, next);
    this.refusal = refusal;
  }
}

export type AskFunction = <A extends RemoteAction>(
  request: RequestOf<A>,
  signal: AbortSignal,
) => Promise<RemoteAnswers[A]>;

/** Throws a RefusedError where the function says that it cannot be done, a CommandError where it says nothing that we know. */
export function askFunction(invoke: InvokeFunction, { name, otherNetworks }: FunctionName): AskFunction {
  return async <A extends RemoteAction>(request: RequestOf<A>, signal: AbortSignal) => {
    const { action } = request as ManualRequest;
    const invoked = await invoke(name, request, signal);
    switch (invoked.result) {
      case 'answered':
        return read(invoked.answer, action, otherNetworks) as RemoteAnswers[A];
      case 'no-function':
        throw new CommandError(
          `there is no function ${name} in this account and region`,
          'See --function, --stack, --region and --profile.',
        );
      case 'throttled':
        throw new CommandError(
          `function ${name} is throttled: ${invoked.message}`,
          'Nothing was done: run it again in a moment, or see the concurrency of the account.',
        );
      case 'failed':
        throw new CommandError(`function ${name} failed: ${invoked.message}`, nextAfterFailure(name, action));
    }
  };
}

function nextAfterFailure(name: string, action: RemoteAction): string {
  const logs = `Its log has more: aws logs tail /aws/lambda/${name} --since 10m`;
  return action === 'start' ? `${logs}; what it has begun: enl drain status --remote` : logs;
}

function read(answer: unknown, action: RemoteAction, otherNetworks: readonly string[]): unknown {
  const given = (answer ?? {}) as { version?: unknown; action?: unknown } & Partial<RemoteRefusal>;
  if (given.version === 1 && given.error) throw refused({ ...given, error: given.error }, otherNetworks);
  if (given.version === 1 && given.action === action) return given;
  throw new CommandError(
    'the function answers what this enl does not know',
    'Is --function one that drains by hand? Use the enl of the version that is deployed.',
  );
}

/** A cluster of a private network does not answer a function outside of it. */
function refused(refusal: RemoteRefusal, otherNetworks: readonly string[]): RefusedError {
  const { code, next } = refusal.error;
  const elsewhere = code === 'cluster-unreachable' && otherNetworks.length > 0;
  return new RefusedError(
    refusal,
    elsewhere ? `Where it is reached from a network of its own: --network ${otherNetworks.join(' or ')}.` : next,
  );
}
