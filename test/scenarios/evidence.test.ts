import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../shared/lifecycle/policy.ts';
import type { DrainReport } from '../../shared/lifecycle/report.ts';
import { testKubeconfig } from '../control-plane/test-kubeconfig.ts';
import { drainAsNodeManager } from './evidence/drain-as-node-manager.ts';
import { openReal } from './whole/real-control-plane.ts';
import { openEnl } from './whole/run-enl.ts';
import { setUp } from './whole/set-up.ts';
import type { StageNode } from './whole/stage.ts';

const kubeconfig = testKubeconfig('TEST_KUBECONFIG_CONTROLLERS');
/** A pod with two seconds of grace has its force moment seven seconds after the start. */
const soonForced = { ...defaultPolicy, settleSeconds: 1, detachSeconds: 10, deadlineSeconds: 43, reserveSeconds: 4 };

if (kubeconfig) evidenceOf(kubeconfig);

it('asks nothing as long as nobody says whose log it is', async ({ onTestFinished }) => {
  const { code, out, err } = await openEnl(onTestFinished).run('evidence', '--node', 'a');
  expect({ code, out, err }).toEqual({ code: 3, out: '', err: expect.stringContaining('whose log is it?') });
});

/** Of a drain that evicts, is refused, and deletes past a budget, on a control plane that logs. */
function evidenceOf(kubeconfig: string) {
  describe('enl evidence: a real report and a real audit log', { timeout: 120_000 }, () => {
    const closers: (() => Promise<void>)[] = [];
    const atTheEnd = (close: () => Promise<void>) => void closers.unshift(close);
    const enl = openEnl(atTheEnd);
    const files = { report: join(enl.folder, 'report.json'), log: join(enl.folder, 'audit.log') };
    let [kept, lines, managed] = [{} as DrainReport, [] as string[], {} as StageNode];

    beforeAll(async () => {
      const { plane, stage, whole } = await setUp(() => openReal(kubeconfig), soonForced, atTheEnd);
      const leaving = await stage.addNode('a');
      await stage.open();
      await stage.workload('deployments', 'held', { replicas: 2 });
      await stage.budget('held', { maxUnavailable: 0 });
      await stage.workload('deployments', 'web', { replicas: 3 });
      await stage.budget('web', { maxUnavailable: 1 });
      await stage.workload('daemonsets', 'agent');
      await stage.settled({ held: 2, web: 3, agent: 1 });
      managed = await stage.addNode('b');
      await stage.addNode('c');
      await stage.settled({ held: 2, web: 3, agent: 3 });
      await whole.terminate('sns-terminate.json', leaving.instanceId);
      await whole.idle();
      await stage.settled({ held: 2, web: 3, agent: 3 });
      await drainAsNodeManager(plane, stage, managed);
      kept = whole.outcome(leaving.instanceId).kept;
      const log = readFileSync(plane.auditLog ?? '', 'utf8');
      lines = log.split('\n').filter((line) => line.includes(stage.id));
      writeFileSync(files.report, JSON.stringify(kept));
      writeFileSync(files.log, log);
    }, 120_000);
    afterAll(async () => {
      for (const close of closers) await close();
    });

    /** A machine under load notes late what it was answered. */
    const compare = (log: string, ...more: string[]) =>
      enl.run('evidence', '--report', files.report, '--file', log, '--tolerance', '30', ...more);
    async function codesFor(log: readonly string[]) {
      const file = join(enl.folder, `${crypto.randomUUID()}.log`);
      writeFileSync(file, `${log.join('\n')}\n`);
      const { code, out } = await compare(file, '-o', 'json');
      const { differences } = JSON.parse(out) as { differences: { code: string; about: string }[] };
      return { code, differences: differences.map(({ code, about }) => `${code} ${about}`) };
    }
    /** The first of the drain's evictions with this answer, and the pod. */
    function eviction(status: number) {
      const found = lines.findIndex(
        (line) =>
          line.includes('"subresource":"eviction"') &&
          line.includes('"username":"eks-node-lifecycle"') &&
          line.includes(`"code":${status}}`),
      );
      const { objectRef } = JSON.parse(lines[found] ?? '{}') as { objectRef: { namespace: string; name: string } };
      return { found, line: lines[found] ?? '', pod: `${objectRef.namespace}/${objectRef.name}` };
    }

    it('all that the report claims is in the log, and nothing beside', async () => {
      const { code, out, err } = await compare(files.log, '-o', 'json');
      const { outcome, differences, doubts, claims, comparison, identity } = JSON.parse(out || '{}');
      expect({ code, outcome, differences, doubts }, err).toEqual({
        code: 0,
        outcome: 'shown',
        differences: [],
        doubts: [],
      });
      const counts = Map.groupBy(
        claims as { state: string; claim: { kind: string } }[],
        ({ state, claim }) => `${state} ${claim.kind}`,
      );
      const tries = kept.pods.reduce((sum, { evictionsTried }) => sum + evictionsTried, 0);
      expect(counts.get('shown forced')).toHaveLength(2);
      expect(counts.get('shown turn')).toHaveLength(2);
      expect(counts.get('shown marked')).toHaveLength(1);
      expect((counts.get('shown evicted') ?? []).length + (counts.get('shown tried') ?? []).length).toBe(tries);
      expect(identity).toMatchObject({ users: ['eks-node-lifecycle'], how: 'found' });
      const [told, seen] = comparison;
      for (const column of ['podsEvicted', 'podsRefused', 'refusals', 'deletedPastRefusal', 'deletedUnasked', 'label'])
        expect([column, told[column]]).toEqual([column, seen[column]]);
    });

    it('says the same of a log that is packed, and finds the report by its drain and its node', async () => {
      const packed = join(enl.folder, 'audit.log.gz');
      writeFileSync(packed, gzipSync(readFileSync(files.log)));
      for (const by of [
        ['--drain', kept.execution],
        ['--node', kept.node ?? ''],
      ]) {
        const { code, out } = await enl.run(
          'evidence',
          ...by,
          '--reports',
          enl.folder,
          '--file',
          packed,
          '--tolerance',
          '30',
        );
        expect({ code, first: out.split('\n')[1]?.slice(0, 3) }).toEqual({ code: 0, first: 'OK:' });
      }
    });

    it('one event less, more or other is that difference', async () => {
      const accepted = eviction(201);
      expect(await codesFor(lines.toSpliced(accepted.found, 1))).toEqual({
        code: 1,
        differences: [`claimed-not-logged ${accepted.pod}`],
      });
      const again = accepted.line.replace(/"auditID":"[^"]+"/, '"auditID":"another"');
      expect(await codesFor([...lines, again])).toEqual({
        code: 1,
        differences: [`logged-not-claimed ${accepted.pod}`],
      });
      const refused = eviction(429);
      const other = refused.line.replaceAll('"code":429', '"code":201');
      expect(await codesFor(lines.with(refused.found, other))).toEqual({
        code: 1,
        differences: [`other-code ${refused.pod}`],
      });
    });

    it('does not pass a log that ends before the drain', async () => {
      const accepted = eviction(201);
      const { code, differences } = await codesFor(lines.slice(0, accepted.found - 1));
      expect(differences).toEqual([]);
      expect(code).toBe(2);
    });

    it('shows the drain of a managed node group, from the log alone, in the same picture', async () => {
      const { code, out } = await enl.run('evidence', '--node', managed.name, '--file', files.log, '-o', 'json');
      const { comparison, pictures } = JSON.parse(out);
      expect(code).toBe(0);
      expect(comparison).toHaveLength(1);
      const pods = (pictures[0].pods as { past?: string; evictedAt?: number }[]).length;
      expect(comparison[0]).toMatchObject({
        name: 'managed node group',
        user: 'eks:node-manager',
        label: true,
        nodeDeleted: true,
      });
      expect(pods).toBeGreaterThan(0);
      expect(comparison[0].podsEvicted + comparison[0].deletedPastRefusal).toBe(pods);
      const page = await enl.run('evidence', '--node', managed.name, '--file', files.log, '-o', 'html');
      expect(page.out).toContain('managed node group: eks:node-manager');
    });
  });
}
