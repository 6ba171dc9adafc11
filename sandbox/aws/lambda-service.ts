import { AwsError } from './aws-error.ts';
import { jsonAnswer } from './json-answer.ts';
import type { WireAnswer, WireRequest, WireService } from './wire.ts';

/** Functions by their names. What one throws is answered as Lambda answers it. */
export type SandboxFunctions = Readonly<Record<string, (event: unknown) => Promise<unknown>>>;

/** Invoke, waiting for the answer: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export function createLambdaService(functions: SandboxFunctions): WireService {
  return {
    read: ({ method, url, body }: WireRequest) => {
      const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(decodeURIComponent(url.pathname))?.[1];
      if (method !== 'POST' || name === undefined)
        throw new AwsError(404, 'UnknownOperationException', `${method} ${url.pathname}`);
      return { name: 'Invoke', input: { FunctionName: name, Payload: JSON.parse(body) } };
    },
    answer: async ({ input: { FunctionName, Payload } }) => {
      const invoke = functions[String(FunctionName)];
      if (!invoke) throw new AwsError(404, 'ResourceNotFoundException', `Function not found: ${FunctionName}`);
      return invoke(Payload).then((answer) => jsonAnswer(200, answer ?? null), failed);
    },
    refuse: ({ status, code, message }) => jsonAnswer(status, { Message: message }, { 'x-amzn-errortype': code }),
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
function failed(error: Error): WireAnswer {
  const { name, message, stack = '' } = error;
  const answer = jsonAnswer(200, { errorType: name, errorMessage: message, trace: stack.split('\n') });
  return { ...answer, headers: { ...answer.headers, 'x-amz-function-error': 'Unhandled' } };
}
