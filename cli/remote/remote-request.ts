import type { ManualTarget } from '../../shared/manual/target.ts';
import type { ManualTargetInput, RequestOf } from '../../shared/settings/manual-request.ts';
import { CommandError } from '../command-error.ts';
import type { ConnectionOptions } from '../connect/connection-options.ts';
import { type DrainOptions, manualOptionsOf } from '../drain/drain-options.ts';
import { type TargetOptions, targetOf, targetWays } from '../drain/target-options.ts';

/** Throws a CommandError when there is none: a function knows no kubeconfig. */
export function remoteCluster({ cluster }: ConnectionOptions): string {
  if (cluster !== undefined) return cluster;
  throw new CommandError('no cluster is named', 'The function knows clusters by their names in EKS: --cluster NAME.');
}

/** undefined: none is named. Throws a CommandError when they are named in two ways. */
export function remoteTarget(names: readonly string[], options: TargetOptions): ManualTargetInput | undefined {
  const target: ManualTarget | undefined = targetOf(names, options);
  if (!target) return undefined;
  return 'nodes' in target ? { nodes: [...target.nodes] } : target;
}

/** Throws a CommandError when none is named. */
export function neededTarget(names: readonly string[], options: TargetOptions): ManualTargetInput {
  const target = remoteTarget(names, options);
  if (target) return target;
  throw new CommandError('no node is named', `${targetWays}; enl nodes lists them.`);
}

/** What is asked of each drain, as the function has it: without a timeout, that of the stack's settings counts. */
export function remoteOptionsOf(
  options: DrainOptions,
): Partial<Omit<RequestOf<'plan'>, 'action' | 'cluster' | 'target'>> {
  const { podSelector: _, timeoutSeconds, ...rest } = manualOptionsOf(options);
  return {
    ...rest,
    ...(timeoutSeconds && { timeoutSeconds }),
    ...(options.podSelector !== undefined && { podSelector: options.podSelector }),
  };
}
