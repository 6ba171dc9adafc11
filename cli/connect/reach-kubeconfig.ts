import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { createKubeconfigTransport } from '../../shared/adapters/kubeconfig-transport.ts';
import { CommandError } from '../command-error.ts';
import { explainPlugin } from './explain-plugin.ts';
import { readKubeconfig } from './read-kubeconfig.ts';

/** A plugin may have to ask its own server. */
const pluginSeconds = 60;

/** The cluster of a kubeconfig. What its user needs (files, a plugin's token) is got here once. Throws a CommandError. */
export async function reachKubeconfig(options: { kubeconfig?: string; context?: string }, signal: AbortSignal) {
  const config = await readKubeconfig(options, process.env);
  const server = config.getCurrentCluster()?.server ?? '';
  const context = config.currentContext;
  await authenticate(config, signal);
  return {
    name: context,
    where: `context ${context} (${server})`,
    kubectl: [
      ...(options.kubeconfig === undefined ? [] : ['--kubeconfig', options.kubeconfig]),
      ...(options.context === undefined ? [] : ['--context', options.context]),
    ],
    transport: createKubeconfigTransport(config),
  };
}

/** A transport could only say that there was no answer. The plugin's token is kept by the kubeconfig, and not asked for twice. */
async function authenticate(config: KubeConfig, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(pluginSeconds * 1000)]);
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(signal.aborted ? signal.reason : new Error(`no token after ${pluginSeconds} s`));
  limit.addEventListener('abort', stop, { once: true });
  const wanted: RequestOptions = {};
  try {
    await Promise.race([config.applyToHTTPSOptions(wanted), stopped.promise]);
  } catch (error) {
    signal.throwIfAborted();
    throw asCommandError(error, config);
  } finally {
    limit.removeEventListener('abort', stop);
  }
}

function asCommandError(error: unknown, config: KubeConfig): CommandError {
  const user = config.getCurrentUser();
  if (user?.exec) return explainPlugin(error, user);
  const said = error instanceof Error ? error.message : String(error);
  const missing = /ENOENT.*open '([^']+)'/.exec(said)?.[1];
  const text = missing ? `the file ${missing}, which the kubeconfig names, is not there` : said;
  const whose = `context ${config.currentContext}, user ${user?.name ?? 'nobody'}`;
  return new CommandError(`${whose}: ${text}`, 'Renew the kubeconfig, or pass another --context.', { cause: error });
}
