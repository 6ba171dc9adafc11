import { describe, expect, it } from 'vitest';
import type { Workload } from '../../sandbox/cluster/objects.ts';
import { restartedAtAnnotation } from '../../shared/lifecycle/deployment.ts';
import { defaultPolicy } from '../../shared/lifecycle/policy.ts';
import { testKubeconfig } from '../control-plane/test-kubeconfig.ts';
import type { ControlPlane } from './whole/control-plane.ts';
import { healthProblems } from './whole/pod-invariants.ts';
import { openReal } from './whole/real-control-plane.ts';
import { otherWrites, removalsIn } from './whole/request-invariants.ts';
import { openSandbox } from './whole/sandbox-control-plane.ts';
import { setUp, watchFromNow } from './whole/set-up.ts';

const planes: [string, () => Promise<ControlPlane>][] = [['the sandbox', openSandbox]];
const kubeconfig = testKubeconfig('TEST_KUBECONFIG_CONTROLLERS');
if (kubeconfig) planes.push(['a real control plane', () => openReal(kubeconfig)]);

/** Had it to be evicted, it would be deleted past its budget seven seconds after the start. */
const policy = {
  ...defaultPolicy,
  ...{ settleSeconds: 1, detachSeconds: 10, deadlineSeconds: 43, reserveSeconds: 4, surgeSingletons: true },
};

describe.concurrent.each(planes)('the real functions with surges: %s', { timeout: 120_000 }, (_name, open) => {
  it('a singleton that its budget never lets go is replaced before it goes, by one patch and no eviction', async ({
    onTestFinished,
  }) => {
    const { plane, stage, whole } = await setUp(open, policy, onTestFinished);
    const leaving = await stage.addNode('a');
    await stage.open();
    await stage.workload('deployments', 'web', { replicas: 1 });
    await stage.budget('web', { minAvailable: 1 });
    await stage.settled({ web: 1 });
    const staying = await stage.addNode('b');
    await stage.open();
    await plane.allowSurges(stage.namespace);

    const seen = await watchFromNow(plane, stage);
    await whole.terminate('sns-terminate.json', leaving.instanceId);
    await whole.idle();
    await stage.settled({ web: 1 });
    await seen.journal.close();

    const { end, kept } = whole.outcome(leaving.instanceId);
    expect(end).toMatchObject({ reason: 'drained', completion: 'CONTINUE', alarm: false });
    expect(healthProblems(seen.journal.of('pods'), { web: { desired: 1 } })).toEqual([]);
    expect(removalsIn(seen.requests)).toEqual([]);
    const path = `/apis/apps/v1/namespaces/${stage.namespace}/deployments`;
    expect(otherWrites(seen.requests, [leaving.name])).toEqual([`PATCH ${path}/web`]);
    expect(await stage.appsOn(staying)).toEqual(['web']);
    expect(kept.pods).toEqual([expect.objectContaining({ code: 'surging', evictionsTried: 0, causes: [] })]);
    const [web] = await stage.list<Workload>(path);
    expect(web?.spec.template.metadata?.annotations?.[restartedAtAnnotation]).toBe(kept.startedAt);
    expect(whole.failedTicks()).toEqual([]);
  });
});
