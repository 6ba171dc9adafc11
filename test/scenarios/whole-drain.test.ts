import { describe, expect, it } from 'vitest';
import { createHttpsTransport } from '../../shared/adapters/https-transport.ts';
import { readMark } from '../../shared/lifecycle/mark.ts';
import { defaultPolicy } from '../../shared/lifecycle/policy.ts';
import { testKubeconfig } from '../control-plane/test-kubeconfig.ts';
import type { ControlPlane } from './whole/control-plane.ts';
import { eventsOf, expectAudited, expectCompleted, expectNoHarm, expectReported } from './whole/expectations.ts';
import { openReal } from './whole/real-control-plane.ts';
import { removalsIn } from './whole/request-invariants.ts';
import { openSandbox } from './whole/sandbox-control-plane.ts';
import { setUp, watchFromNow } from './whole/set-up.ts';

const planes: [string, () => Promise<ControlPlane>][] = [['the sandbox', openSandbox]];
const kubeconfig = testKubeconfig('TEST_KUBECONFIG_CONTROLLERS');
if (kubeconfig) planes.push(['a real control plane', () => openReal(kubeconfig)]);

const quick = { ...defaultPolicy, settleSeconds: 1, detachSeconds: 10 };
/** A pod with two seconds of grace has its force moment seven seconds after the start: until then the others must be gone. */
const soonForced = { ...quick, deadlineSeconds: 43, reserveSeconds: 4 };

describe.concurrent.each(planes)('the real functions: %s', { timeout: 120_000 }, (_name, open) => {
  it('two of three nodes are drained at once: at every instant every budget has its pods, and each hook is completed after the last pod', async ({
    onTestFinished,
  }) => {
    const { plane, stage, whole } = await setUp(open, quick, onTestFinished);
    const ready = { web: 6, db: 3, plain: 2 };
    const leaving = [await stage.addNode('a'), await stage.addNode('b')] as const;
    await stage.open();
    await stage.workload('deployments', 'web', { replicas: 6 });
    await stage.budget('web', { maxUnavailable: 1 });
    await stage.workload('statefulsets', 'db', { replicas: 3, serviceName: 'db', podManagementPolicy: 'Parallel' });
    await stage.budget('db', { minAvailable: 2 });
    await stage.workload('deployments', 'plain', { replicas: 2 });
    await stage.workload('daemonsets', 'agent');
    await stage.job('busy', {}, '300s');
    await stage.job('done', { parallelism: 2, completions: 2 }, '100ms');
    await stage.settled({ ...ready, agent: 2 });
    await stage.finished('done', 2);
    for (const node of leaving)
      expect(await stage.appsOn(node)).toEqual(expect.arrayContaining(['db', 'plain', 'web']));
    const staying = await stage.addNode('c');
    await stage.workload('deployments', 'bystander', { replicas: 2 }, { nodeSelector: { node: 'c', run: stage.id } });
    await stage.settled({ ...ready, agent: 3, bystander: 2 });

    const seen = await watchFromNow(plane, stage);
    const told = await Promise.all([
      whole.terminate('sns-terminate.json', leaving[0].instanceId),
      whole.terminate('eventbridge-terminate.json', leaving[1].instanceId),
    ]);
    await whole.idle();
    const busy = seen.before.filter(
      ({ metadata, status }) => metadata.labels?.app === 'busy' && status.phase === 'Running',
    );
    await stage.settled({ ...ready, agent: 3, bystander: 2, busy: busy.length });
    await seen.journal.close();

    const drained = leaving.map(({ name }) => name);
    const wanted = { web: { desired: 5 }, db: { desired: 2 } };
    expectNoHarm(seen, { drained, spared: ['agent', 'bystander', 'done'], wanted });
    const removals = removalsIn(seen.requests);
    expect(removals.filter(({ by }) => by === 'delete')).toEqual([]);
    for (const [index, { name, instanceId }] of leaving.entries()) {
      const { end, kept } = whole.outcome(instanceId);
      expect(end).toMatchObject({ reason: 'drained', completion: 'CONTINUE', alarm: false });
      expectReported(seen, kept, name);
      expectCompleted(seen, whole, told[index as 0 | 1], name);
    }
    expect(whole.failedTicks()).toEqual([]);
    expect(whole.executions()).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    const refused = removals.filter(({ status }) => status === 429).map(({ name }) => `EvictionBlocked ${name}`);
    const onNodes = drained.flatMap((name) => [`DrainEnded ${name}`, `DrainStarted ${name}`]);
    expect(await eventsOf(stage)).toEqual([...new Set([...onNodes, ...refused])].sort());
    expectAudited(plane, stage, seen);
    expect(await stage.appsOn(staying)).toEqual(expect.arrayContaining(['bystander', 'db', 'plain', 'web']));
  });

  it('T99: what a budget still holds is deleted past its force moment, one pod at a time, each replaced before the next, and that is said', async ({
    onTestFinished,
  }) => {
    const { plane, stage, whole } = await setUp(open, soonForced, onTestFinished);
    const ready = { held: 2, web: 2 };
    const leaving = await stage.addNode('a');
    await stage.open();
    await stage.workload('deployments', 'held', { replicas: 2 });
    await stage.budget('held', { maxUnavailable: 0 });
    await stage.workload('deployments', 'web', { replicas: 2 });
    await stage.budget('web', { maxUnavailable: 1 });
    await stage.workload('daemonsets', 'agent');
    await stage.settled({ ...ready, agent: 1 });
    for (const letter of ['b', 'c']) await stage.addNode(letter);
    await stage.settled({ ...ready, agent: 3 });

    const seen = await watchFromNow(plane, stage);
    const told = await whole.terminate('sns-terminate.json', leaving.instanceId);
    await whole.idle();
    await stage.settled({ ...ready, agent: 3 });
    await seen.journal.close();

    const wanted = { held: { desired: 2, below: 1 }, web: { desired: 1 } };
    expectNoHarm(seen, { drained: [leaving.name], spared: ['agent'], wanted });
    const { end, kept } = whole.outcome(leaving.instanceId);
    expect(end).toMatchObject({ reason: 'drained-forced', completion: 'CONTINUE', alarm: true });
    expectReported(seen, kept, leaving.name);
    expectCompleted(seen, whole, told, leaving.name);

    const held = seen.before.filter(({ metadata }) => metadata.labels?.app === 'held').map(({ metadata }) => metadata);
    const names = held.map(({ name }) => name).sort();
    const forceAt = Date.parse(kept.deadlineAt ?? '') - 32_000;
    const deletes = removalsIn(seen.requests).filter(({ by }) => by === 'delete');
    expect(deletes.map(({ name }) => name).sort()).toEqual(names);
    for (const { name, at } of deletes) {
      const asked = removalsIn(seen.requests).filter(
        (one) => one.name === name && one.by === 'eviction' && one.at <= at,
      );
      expect(asked.at(-1)).toMatchObject({ status: 429 });
      expect(asked.at(-1)?.at).toBeGreaterThanOrEqual(forceAt);
      expect(end.text).toContain(`${stage.namespace}/${name} (budget ${stage.namespace}/held)`);
      expect(kept.pods.find((pod) => pod.name === name)?.forcedPast).toEqual([`${stage.namespace}/held`]);
    }
    const [node] = seen.journal
      .of('nodes')
      .filter(({ object }) => object.metadata.name === leaving.name)
      .slice(-1);
    expect(readMark(node?.object.metadata.annotations ?? {})).toMatchObject({ ended: 'drained-forced' });
    const events = await eventsOf(stage);
    expect(events.filter((line) => line.startsWith('ForceDeleted'))).toEqual(
      names.map((name) => `ForceDeleted ${name}`),
    );
    expect(events).toEqual(expect.arrayContaining(names.map((name) => `EvictionBlocked ${name}`)));
    expect(whole.failedTicks()).toEqual([]);
    expectAudited(plane, stage, seen);
  });

  it('a token that EKS would not take is answered with 401, and reaches nobody', async ({ onTestFinished }) => {
    const plane = await open();
    onTestFinished(plane.close);
    const { url, ca, close } = await plane.openFront(async () => undefined);
    onTestFinished(close);
    const stranger = createHttpsTransport({
      server: url,
      ca,
      auth: async () => ({ authorization: 'Bearer k8s-aws-v1.x' }),
    });
    onTestFinished(stranger.close);
    const { status } = await stranger.request({ method: 'GET', path: '/api/v1/nodes' }, AbortSignal.timeout(10_000));
    expect(status).toBe(401);
  });
});
