import { LambdaClient } from '@aws-sdk/client-lambda';
import { clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { createInvokeFunction } from '../../shared/adapters/invoke-function.ts';
import { openStackOutputs } from '../../shared/adapters/open-stack-outputs.ts';
import type { ConnectionOptions } from '../connect/connection-options.ts';
import { type AskFunction, askFunction } from './ask-function.ts';
import { functionName } from './function-name.ts';
import type { RemoteOptions } from './remote-options.ts';

/** The function takes up to five minutes. */
const answerMilliseconds = 310_000;

/** The stack's function for drains by hand. Import it only when it is needed. Throws a CommandError, and what AWS clients throw. */
export async function openFunction(
  { region, profile, ...options }: ConnectionOptions & RemoteOptions,
  signal: AbortSignal,
): Promise<AskFunction> {
  const whose = { ...(region && { region }), ...(profile && { profile }) };
  const name = await functionName(options, { readOutputs: openStackOutputs(whose) }, signal);
  const requestHandler = { ...clientDefaults.requestHandler, requestTimeout: answerMilliseconds };
  return askFunction(createInvokeFunction(new LambdaClient({ ...clientDefaults, ...whose, requestHandler })), name);
}
