import type { ReadOutputs } from '../../shared/adapters/stack-outputs.ts';
import { CommandError } from '../command-error.ts';
import type { RemoteOptions } from './remote-options.ts';

export interface FunctionName {
  name: string;
  /** Networks of the stack that have a function of their own, and were not asked for. */
  otherNetworks: readonly string[];
}

const prefix = 'ManualFunctionName';
const orSay = 'Pass --stack NAME, --region or --profile, or say which function: --function NAME.';

/** By the outputs of the stack, unless it is named. Throws a CommandError when they name none, and what AWS clients throw. */
export async function functionName(
  { function: named, stack, network = '' }: Pick<RemoteOptions, 'function' | 'stack' | 'network'>,
  { readOutputs }: { readOutputs: ReadOutputs },
  signal: AbortSignal,
): Promise<FunctionName> {
  if (named !== undefined) return { name: named, otherNetworks: [] };
  const outputs = await readOutputs(stack, signal);
  if (!outputs) throw new CommandError(`there is no stack ${stack} in this account and region`, orSay);
  const networks = Object.keys(outputs).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  const name = outputs[`${prefix}${network}`];
  const others = networks.filter((each) => each !== '' && each !== network);
  if (name !== undefined) return { name, otherNetworks: others };
  if (networks.length === 0)
    throw new CommandError(
      `stack ${stack} puts out no ${prefix}: it is older than this enl, or not one of ours`,
      orSay,
    );
  const next = others.length > 0 ? `It has: ${others.join(', ')}.` : 'It has none: leave --network out.';
  throw new CommandError(`stack ${stack} has no network ${network}`, next);
}
