import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBinaries, planBinaries } from '../control-plane/binaries/find-binaries.ts';
import { startGuard } from '../control-plane/processes/guard.ts';
import { binariesFor } from '../control-plane/server/start-control-plane.ts';
import type { Act } from './act.ts';
import type { Performance } from './acts/perform.ts';
import { perform } from './acts/perform.ts';
import { type Done, doneIn } from './done.ts';
import { startAuditedPlane } from './plane/start-audited-plane.ts';

/** What was done, and what the components of a control plane say of it. */
export interface Logs extends Performance {
  audit: string;
  /** What the audit log tells of. */
  done: readonly Done[];
  apiServer: string;
  scheduler: string;
}

export const samples = new URL('../samples/', import.meta.url).pathname;

/** A shortened record of a run; README.md there says how it was made. */
export async function recordedLogs(): Promise<Logs> {
  const read = (name: string) => readFileSync(join(samples, name), 'utf8');
  const { acts, podsOn } = JSON.parse(read('audit-acts.json')) as { acts: Act[]; podsOn: Logs['podsOn'] };
  const audit = read('audit.log');
  return {
    acts,
    podsOn,
    audit,
    done: doneIn(audit, acts),
    apiServer: read('kube-apiserver.log'),
    scheduler: read('kube-scheduler.log'),
  };
}

/** A control plane of its own on which everything is done. `npm run test:cluster` sees to its binaries. */
export async function newLogs(): Promise<Logs> {
  const guard = startGuard();
  const { signal } = new AbortController();
  const wanted = [...binariesFor(['controllers', 'kwok']), 'kubectl'] as const;
  const { toCompile } = planBinaries(wanted, process.env);
  if (toCompile.length > 0) throw new Error(`no ${toCompile.join(', no ')}: npm run test:cluster compiles them`);
  const binaries = await findBinaries(wanted, { env: process.env, guard, signal, say: () => {} });
  const plane = await startAuditedPlane(binaries, { guard, signal, keep: false });
  try {
    const performance = await Promise.race([perform(plane, binaries.paths.kubectl ?? ''), plane.failed]);
    const read = (name: string) => readFileSync(join(plane.folder, `${name}.log`), 'utf8');
    const audit = read('audit');
    return {
      ...performance,
      audit,
      done: doneIn(audit, performance.acts),
      apiServer: read('kube-apiserver'),
      scheduler: read('kube-scheduler'),
    };
  } finally {
    await plane.close();
  }
}
