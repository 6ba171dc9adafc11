import { createManualClock } from '../../../sandbox/clock.ts';
import { type ClusterOptions, createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import type { KubeRequest, KubeWatchFrame } from '../../../shared/adapters/kube-transport.ts';

export const start = Date.parse('2026-03-01T08:00:00Z');
const never = new AbortController().signal;

/** A cluster on a manual clock, with a few words to work it. */
export function smallCluster(options: Omit<ClusterOptions, 'clock'> = {}) {
  const clock = createManualClock(start);
  const cluster = createCluster({ clock, ...options });
  const api = cluster.transportFor();
  const ask = (request: KubeRequest) => api.request(request, never);
  const podPath = (name: string) => `/api/v1/namespaces/default/pods/${name}`;

  /** Reads a watch in the background; `frames` grows, `done` settles with it. */
  function watch(path: string, query: Record<string, string> = {}, signal = never) {
    const frames: KubeWatchFrame[] = [];
    const read = async () => {
      for await (const frame of api.watch({ path, query: { watch: 'true', ...query } }, signal)) frames.push(frame);
    };
    const done = read();
    done.catch(() => {});
    return { frames, done };
  }

  return {
    clock,
    cluster,
    api,
    ask,
    watch,
    evict: (name: string, deleteOptions: object = {}) =>
      ask({ method: 'POST', path: `${podPath(name)}/eviction`, body: { metadata: { name }, deleteOptions } }),
    remove: (name: string, body: object = {}) => ask({ method: 'DELETE', path: podPath(name), body }),
    pod: (name: string) => cluster.get('pods', name),
    names: () => cluster.list('pods').map(({ metadata }) => metadata.name),
    seconds: (count: number) => clock.advance(count * 1000),
  };
}

export function node(
  name: string,
  rest: { annotations?: Record<string, string>; spec?: object; status?: object } = {},
): Manifest {
  const { annotations = {}, ...parts } = rest;
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, annotations }, ...parts };
}

export function pod(
  name: string,
  rest: Partial<Manifest['metadata']> & { spec?: object; status?: object } = {},
): Manifest {
  const { spec, status, ...metadata } = rest;
  const placed = { nodeName: 'n1', ...spec };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name },
    spec: placed,
    ...(status ? { status } : {}),
  };
}

export const running = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };

export function workload(
  kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job',
  name: string,
  spec: object,
  template: object = {},
): Manifest {
  const apiVersion = kind === 'Job' ? 'batch/v1' : 'apps/v1';
  const labels = { app: name };
  const metadata = { labels, ...('metadata' in template ? (template.metadata as object) : {}) };
  return {
    apiVersion,
    kind,
    metadata: { name },
    spec: { selector: { matchLabels: labels }, template: { spec: {}, ...template, metadata }, ...spec },
  };
}

export function budget(name: string, spec: object): Manifest {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: { selector: { matchLabels: { app: name } }, ...spec },
  };
}
