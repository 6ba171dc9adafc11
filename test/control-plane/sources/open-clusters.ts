import type { BinaryName } from '../binaries/artefacts.ts';
import { compilerFor, findBinaries, planBinaries } from '../binaries/find-binaries.ts';
import type { Tools } from '../binaries/run-go.ts';
import { NotToBeHadError } from '../not-to-be-had.ts';
import type { Extra } from '../server/components.ts';
import { binariesFor, startControlPlane } from '../server/start-control-plane.ts';
import { startKwok } from '../server/start-kwok.ts';
import { type ClusterVariable, testKubeconfig } from '../test-kubeconfig.ts';
import { type Assignment, assign } from './assign.ts';
import { probeFile, type Running } from './probe.ts';

export interface Clusters {
  /** Kubeconfig files. */
  bare: string;
  full: string;
  failed: Promise<never>;
  /** Of what we started: of a given cluster, kwok only. */
  close(): Promise<void>;
}

const allExtras: Extra[] = ['controllers', 'kwok'];

/** Which cluster serves which tests, and that all they need is there or can be compiled. Throws when it cannot be had. */
export async function planClusters(tools: Tools): Promise<{ assignment: Assignment; wanted: BinaryName[] }> {
  const given: { [Variable in ClusterVariable]?: Running } = {};
  const variables: ClusterVariable[] = ['TEST_KUBECONFIG', 'TEST_KUBECONFIG_CONTROLLERS'];
  // All of them before any is touched.
  const files = variables.flatMap((variable) => {
    const path = testKubeconfig(variable, tools.env);
    return path ? [{ variable, path }] : [];
  });
  for (const { variable, path } of files) {
    tools.say(`trying out what runs on ${variable}`);
    given[variable] = await probeFile(path, tools.signal).catch((cause: Error) => {
      tools.signal.throwIfAborted();
      throw new NotToBeHadError(`${variable}=${path}: ${cause.message}`, { cause });
    });
  }
  const assignment = assign(given);
  const { bare, full } = assignment;
  // The tests of the audit log start one of their own, whatever is given: nobody else may ask it for anything.
  const wanted = new Set<BinaryName>([...binariesFor(allExtras), 'kubectl']);
  const sources = planBinaries([...wanted], tools.env);
  const compiler = await compilerFor(sources, tools);
  const named = (which: Assignment['full']) => (which === 'own' ? 'one of our own' : `that of ${which}`);
  tools.say(`the API server without controllers is ${named(bare)}, the cluster with them ${named(full)}`);
  if (compiler) tools.say(`${sources.toCompile.join(', ')} to be compiled with ${compiler} into ${sources.cache.path}`);
  return { assignment, wanted: [...wanted] };
}

/** Starts what is not given. Throws when it cannot be had, with nothing left running. */
export async function openClusters(tools: Tools, keep: boolean): Promise<Clusters> {
  const { assignment, wanted } = await planClusters(tools);
  const binaries = await findBinaries(wanted, tools);
  const options = { guard: tools.guard, signal: tools.signal, keep };
  const opened: Pick<Clusters, 'failed' | 'close'>[] = [];
  const close = async () => void (await Promise.all(opened.map((one) => one.close())));

  async function open(which: Assignment['full'], extras: Extra[]): Promise<string> {
    if (which !== 'own') return testKubeconfig(which, tools.env) ?? '';
    const startedAt = performance.now();
    const server = await startControlPlane(extras, binaries, options);
    opened.push(server);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    tools.say(`${['API server', ...extras].join(', ')} up in ${seconds} s, with logs in ${server.folder}`);
    return server.kubeconfig;
  }

  try {
    const bare = await open(assignment.bare, []);
    const full = await open(assignment.full, allExtras);
    if (assignment.startsKwok) {
      const kwok = startKwok(full, binaries, options);
      opened.push({ failed: kwok.failed(), close: kwok.close });
    }
    const failed = Promise.race(opened.map((one) => one.failed));
    failed.catch(() => {});
    return { bare, full, failed, close };
  } catch (error) {
    await close();
    throw error;
  }
}
