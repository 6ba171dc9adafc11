import { parseArgs } from 'node:util';
import { openConnection } from '../connect/open-connection.ts';
import { readKubeconfig } from '../connect/read-kubeconfig.ts';

export interface KnownNames {
  nodes: string[];
  contexts: string[];
  clusters: string[];
  /** Of the catalogue. */
  queries: string[];
}

/** Somebody waits with a finger on the tab key. */
const limitMilliseconds = 5000;

/** What may be completed in this line. What cannot be read in time is not offered: there is nowhere to say why. */
export async function knownNames(words: readonly string[]): Promise<KnownNames> {
  const before = words.at(-2);
  const options = connectionIn(words);
  const wanted = {
    nodes: /^(nodes|drain)$/.test(words[0] ?? '') && !before?.startsWith('-') && !words.at(-1)?.startsWith('-'),
    contexts: before === '--context',
    clusters: before === '--cluster' || before === '-c',
    queries: words[0] === 'query' && /^(run|show)$/.test(before ?? ''),
  };
  return {
    nodes: wanted.nodes ? await orNone(nodesOf(options)) : [],
    contexts: wanted.contexts ? await orNone(contextsOf(options)) : [],
    clusters: wanted.clusters ? await orNone(clustersOf(options)) : [],
    queries: wanted.queries ? await orNone(queryNames()) : [],
  };
}

interface Given {
  kubeconfig?: string;
  context?: string;
  cluster?: string;
  region?: string;
  profile?: string;
}

function connectionIn(words: readonly string[]): Given {
  const text = { type: 'string' } as const;
  const options = {
    kubeconfig: text,
    context: text,
    cluster: { ...text, short: 'c' },
    region: text,
    profile: text,
  } as const;
  const { values } = parseArgs({ args: words.slice(0, -1), options, strict: false, allowPositionals: true });
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => name in options && typeof value === 'string'),
  );
}

async function orNone<T>(reading: Promise<T[]>): Promise<T[]> {
  return reading.catch(() => []); // a shell shows no errors of its completions
}

async function nodesOf(options: Given): Promise<KnownNames['nodes']> {
  const { createKubeInventory } = await import('../../shared/adapters/kube-inventory.ts');
  const signal = AbortSignal.timeout(limitMilliseconds);
  const connection = await openConnection(options, signal);
  try {
    const answer = await createKubeInventory(connection.transport).listNodes(undefined, signal);
    return answer.ok ? answer.value.map(({ name }) => name) : [];
  } finally {
    await connection.close();
  }
}

async function contextsOf({ kubeconfig }: Given): Promise<string[]> {
  const config = await readKubeconfig(kubeconfig === undefined ? {} : { kubeconfig }, process.env, {
    anyContext: true,
  });
  return config.contexts.map(({ name }) => name);
}

async function clustersOf({ region, profile }: Given): Promise<string[]> {
  const { EKSClient, ListClustersCommand } = await import('@aws-sdk/client-eks');
  const client = new EKSClient({ ...(region && { region }), ...(profile && { profile }), maxAttempts: 1 });
  const { clusters = [] } = await client.send(new ListClustersCommand({}), {
    abortSignal: AbortSignal.timeout(limitMilliseconds),
  });
  return clusters;
}

async function queryNames(): Promise<string[]> {
  const { catalogue } = await import('../../shared/log-insights/catalogue.ts');
  return catalogue.map(({ name }) => name);
}
