import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Pod } from '../../sandbox/cluster/objects.ts';
import { drainGroup, planGroup } from '../../sandbox/world/cluster-rights.ts';
import { testKubeconfig } from '../control-plane/test-kubeconfig.ts';
import { auditedVerbs } from './whole/audit.ts';
import type { ControlPlane } from './whole/control-plane.ts';
import { openReal } from './whole/real-control-plane.ts';
import { removalsIn } from './whole/request-invariants.ts';
import { openEnl } from './whole/run-enl.ts';
import { openSandbox } from './whole/sandbox-control-plane.ts';
import { openStage } from './whole/stage.ts';

const planes: [string, () => Promise<ControlPlane>, string | undefined][] = [['the sandbox', openSandbox, undefined]];
const kubeconfig = testKubeconfig('TEST_KUBECONFIG_CONTROLLERS');
if (kubeconfig) planes.push(['a real control plane', () => openReal(kubeconfig), kubeconfig]);

type Finally = (close: () => Promise<void>) => void;

/** Everything on node a, of which a budget holds one workload for ever if it is asked to; then node b beside it. */
async function setUp(open: () => Promise<ControlPlane>, atTheEnd: Finally, held: object = { maxUnavailable: 1 }) {
  const plane = await open();
  atTheEnd(plane.close);
  const stage = await openStage(plane.admin);
  atTheEnd(stage.close);
  const enl = openEnl(atTheEnd);
  const leaving = await stage.addNode('a');
  await stage.open();
  await stage.workload('deployments', 'web', { replicas: 2 });
  await stage.workload('deployments', 'held', { replicas: 1 });
  await stage.budget('held', held);
  await stage.settled({ web: 2, held: 1 });
  const staying = await stage.addNode('b');
  await stage.open();
  const asDrainer = () => enl.kubeconfigFor(plane, { user: `drainer-${stage.id}`, groups: [drainGroup, planGroup] });
  return { plane, stage, enl, leaving, staying, asDrainer };
}

const looks = /^(get|list|watch) |^create (self)?subjectaccessreviews$/;

describe.concurrent.each(planes)('enl on a kubeconfig: %s', { timeout: 120_000 }, (_name, open, real) => {
  it('a plan changes nothing, and needs no right but to look', async ({ onTestFinished }) => {
    const { plane, stage, enl, leaving } = await setUp(open, onTestFinished);
    const user = `planner-${stage.id}`;
    const config = await enl.kubeconfigFor(plane, { user, groups: [planGroup] });
    const pods = () => stage.list<Pod>(stage.paths.pods);
    const before = await pods();
    const plan = () => enl.run('drain', 'plan', '--kubeconfig', config, leaving.name, '-o', 'json');

    const { code, out, err } = await plan();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ version: 1, verdict: 'drainable' });
    await stage.ask({
      ...{ method: 'POST', path: stage.paths.pods },
      body: {
        metadata: { name: 'naked' },
        spec: { nodeName: leaving.name, containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }] },
      },
    });
    expect(await plan()).toMatchObject({ code: 1, out: expect.stringContaining('"verdict": "blocked"') });

    const asked = plane.requests.filter((request) => request.user === user);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter(({ method, path }) => method !== 'GET' && !path.endsWith('accessreviews'))).toEqual([]);
    expect(asked.filter(({ status }) => status !== 200)).toEqual([]);
    if (real) expect(existsSync(plane.auditLog ?? '')).toBe(true);
    const audited = plane.auditLog === undefined ? ['list nodes'] : auditedVerbs(plane.auditLog, user);
    expect(audited).toContain('list nodes');
    expect(audited.filter((line) => !looks.test(line))).toEqual([]);
    const now = await pods();
    const versions = (found: Pod[]) => found.map(({ metadata }) => [metadata.uid, metadata.resourceVersion]);
    expect(versions(now)).toEqual(expect.arrayContaining(versions(before)));
  });

  // On the sandbox the tests of the command show it.
  if (real === undefined) return;

  it('a drain moves every pod, and its report is a page', async ({ onTestFinished }) => {
    const { stage, enl, leaving, staying } = await setUp(open, onTestFinished);
    const args = ['--kubeconfig', real, leaving.name];
    expect((await enl.run('drain', 'plan', ...args)).code).toBe(0);
    const reports = join(enl.folder, 'reports');
    const { code, out } = await enl.run('drain', 'start', '--local', '--report-folder', reports, '-o', 'json', ...args);
    expect(JSON.parse(out)).toMatchObject({ outcomes: [{ node: leaving.name, outcome: 'drained' }] });
    expect(code).toBe(0);
    expect(await stage.appsOn(leaving)).toEqual([]);
    await stage.settled({ web: 2, held: 1 });
    expect((await stage.appsOn(staying)).toSorted()).toEqual(['held', 'web', 'web']);
    expect(readdirSync(reports).filter((name) => name.endsWith('.html'))).toHaveLength(1);
    const status = await enl.run('drain', 'status', ...args, '-o', 'json');
    expect(JSON.parse(status.out)).toMatchObject({ drains: [{ phase: 'ended', ended: 'drained', cordoned: true }] });
  });

  it('at its timeout a drain ends with 1, past no budget', async ({ onTestFinished }) => {
    const { plane, stage, enl, leaving, asDrainer } = await setUp(open, onTestFinished, { maxUnavailable: 0 });
    const args = ['--kubeconfig', await asDrainer(), '--timeout', '10s', leaving.name];
    const { code, out } = await enl.run('drain', 'start', '--local', ...args);
    expect({ code, out }).toEqual({ code: 1, out: expect.stringMatching(/failed .*deadline/) });
    const removals = removalsIn(plane.requests.filter(({ user }) => user === `drainer-${stage.id}`));
    expect(removals.filter(({ by }) => by === 'delete')).toEqual([]);
    const ofHeld = removals.filter(({ name }) => name.startsWith('held-'));
    expect(ofHeld.length).toBeGreaterThan(0);
    expect(new Set(ofHeld.map(({ status }) => status))).toEqual(new Set([429]));
    expect(await stage.appsOn(leaving)).toEqual(['held']);
  });
});
