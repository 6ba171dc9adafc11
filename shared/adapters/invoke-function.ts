import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';
import { DeniedError } from './paced-calls.ts';

/** `failed`: the function's own code threw, or Lambda ended it. `throttled`: it runs as often as it may, and was not asked. */
export type Invoked =
  | { result: 'answered'; answer: unknown }
  | { result: 'failed'; message: string }
  | { result: 'throttled'; message: string }
  | { result: 'no-function' };

export type InvokeFunction = (name: string, payload: object, signal: AbortSignal) => Promise<Invoked>;

/**
 * Asks a function and waits for its answer; the client asks again after trouble, so the payload has to bear that. Its errors carry a
 * DeniedError as their cause where the right is missing. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function createInvokeFunction(client: Pick<LambdaClient, 'send'>): InvokeFunction {
  return (name, payload, signal) => {
    const command = new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(payload) });
    const invoked = client.send(command, { abortSignal: signal }).then(({ FunctionError, Payload }): Invoked => {
      const answer: unknown = JSON.parse(Payload?.transformToString() || 'null');
      return FunctionError === undefined
        ? { result: 'answered', answer }
        : { result: 'failed', message: messageIn(answer) ?? FunctionError };
    }, expected);
    return during(`invoking function ${name}`, signal, invoked);
  };
}

function expected(error: unknown): Invoked {
  if (isNamed(error, 'ResourceNotFoundException')) return { result: 'no-function' };
  if (isNamed(error, 'TooManyRequestsException')) return { result: 'throttled', message: error.message };
  if (isNamed(error, 'AccessDeniedException')) throw new DeniedError('lambda:InvokeFunction', { cause: error });
  throw error;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
function messageIn(answer: unknown): string | undefined {
  const { errorType, errorMessage } = (answer ?? {}) as { errorType?: string; errorMessage?: string };
  if (errorMessage === undefined) return undefined;
  return errorType === undefined || errorType === 'Error' ? errorMessage : `${errorType}: ${errorMessage}`;
}
