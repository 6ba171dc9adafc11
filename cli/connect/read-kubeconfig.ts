import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { nearNames } from '../../shared/manual/near-names.ts';
import { CommandError } from '../command-error.ts';

const inCluster = '/var/run/secrets/kubernetes.io/serviceaccount/token';
const otherWays =
  'Pass --kubeconfig FILE, set KUBECONFIG, or name an EKS cluster with --cluster NAME; --sandbox needs neither.';

/**
 * Of one file, of the files of KUBECONFIG, or of ~/.kube/config. As in kubectl the first file that has a name or a current context counts,
 * and files of KUBECONFIG that are not there do not: https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 * Throws a CommandError.
 */
export async function readKubeconfig(
  { kubeconfig, context }: { kubeconfig?: string; context?: string },
  env: Readonly<Record<string, string | undefined>>,
  { anyContext = false } = {},
): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  const files = kubeconfig === undefined ? filesOf(env) : [kubeconfig];
  const found = files.filter((file) => existsSync(file));
  const whole = new KubeConfig();
  if (found.length === 0) {
    if (kubeconfig === undefined && existsSync(inCluster)) {
      whole.loadFromCluster();
      return whole;
    }
    throw new CommandError(`there is no kubeconfig at ${files.join(', ')}`, otherWays);
  }
  for (const file of found) merge(whole, readFile(new KubeConfig(), file));
  if (!anyContext) chooseContext(whole, context, found);
  return whole;
}

function filesOf({ KUBECONFIG, HOME }: Readonly<Record<string, string | undefined>>): string[] {
  const files = KUBECONFIG?.split(delimiter).filter((file) => file !== '') ?? [];
  return files.length > 0 ? [...new Set(files)] : [join(HOME || homedir(), '.kube', 'config')];
}

function readFile(config: KubeConfig, file: string): KubeConfig {
  try {
    if (readFileSync(file, 'utf8').trim() === '') return config;
    config.loadFromFile(file);
    return config;
  } catch (cause) {
    const said = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    const text = cause instanceof TypeError ? 'it is no kubeconfig' : said;
    throw new CommandError(`reading ${file}: ${text}`, otherWays, { cause });
  }
}

/** client-node's own merge refuses names that are in two files. */
function merge(whole: KubeConfig, more: KubeConfig): void {
  const add = <T extends { name: string }>(to: T[], from: readonly T[]) => {
    to.push(...from.filter(({ name }) => !to.some((known) => known.name === name)));
  };
  add(whole.clusters, more.clusters);
  add(whole.users, more.users);
  add(whole.contexts, more.contexts);
  whole.currentContext ||= more.currentContext;
}

function chooseContext(config: KubeConfig, asked: string | undefined, files: readonly string[]): void {
  const names = config.contexts.map(({ name }) => name);
  const where = files.join(', ');
  const known =
    names.length === 0 ? 'It has no contexts.' : `Pass --context with one of: ${names.slice(0, 8).join(', ')}`;
  const name = asked ?? config.currentContext;
  if (!name) throw new CommandError(`no context is chosen in ${where}`, known);
  const context = config.getContextObject(name);
  if (!context) {
    const near = nearNames(name, names);
    const next = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : known;
    throw new CommandError(`there is no context ${name} in ${where}`, next);
  }
  config.setCurrentContext(name);
  const repair = `Repair it: kubectl config view --context ${name}`;
  if (!config.getCluster(context.cluster)?.server)
    throw new CommandError(`context ${name} names the cluster ${context.cluster}, which is not in ${where}`, repair);
  if (context.user && !config.getUser(context.user))
    throw new CommandError(`context ${name} names the user ${context.user}, who is not in ${where}`, repair);
}
