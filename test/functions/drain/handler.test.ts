import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { manualAnswer } from '../../../functions/drain/answer-schema.ts';
import { deployment, nodeName } from '../../../sandbox/scenarios/manifests.ts';
import { openWorld, type World } from '../../../sandbox/world/open-world.ts';
import { populate } from '../../../sandbox/world/populate.ts';
import { defaultPolicy } from '../../../shared/lifecycle/policy.ts';

/** The handler as a deployment runs it: its own role's token at an HTTPS API server, and the services of AWS on loopback. */
const folder = mkdtempSync(join(tmpdir(), 'manual-'));
const signal = AbortSignal.timeout(60_000);
let world: World;

beforeAll(async () => {
  const policy = { ...defaultPolicy, settleSeconds: 1, burstSeconds: 0 };
  const hook = { heartbeatSeconds: 600, defaultResult: 'CONTINUE' as const };
  world = await openWorld({ hook, policy, folder }, () => {});
  const { instanceId } = world.action;
  await populate(world.cluster, { workloads: [deployment('web', { replicas: 2 })] } as never, instanceId, signal);
}, 60_000);
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const ask = async (event: object) => {
  const answer = await world.manual().invoke(event, signal);
  expect(manualAnswer.safeParse(answer).error).toBeUndefined();
  return answer as Record<string, unknown>;
};
const target = () => ({ cluster: 'demo', target: { asg: world.action.groupName } });

it('plans, starts, tells and stops with the rights of infra/rbac and no others', { timeout: 60_000 }, async () => {
  expect(await ask({ action: 'plan', ...target() })).toMatchObject({ plan: { verdict: 'drainable', unknown: [] } });
  expect(await ask({ action: 'start', ...target(), dryRun: 'server' })).toMatchObject({
    lines: expect.arrayContaining([expect.objectContaining({ node: nodeName, does: 'cordon', accepted: true })]),
  });
  expect(await ask({ action: 'start', ...target(), terminate: true, requestId: 'change-1' })).toMatchObject({
    execution: { status: 'RUNNING' },
  });
  expect(await ask({ action: 'status', cluster: 'demo' })).toMatchObject({
    nodes: [{ node: nodeName, byHand: true }],
    requests: [{ requestId: 'change-1', execution: { status: 'RUNNING' } }],
  });
  await world.machine.idle();
  const [request] = world.machine.list();
  expect(request).toMatchObject({ name: 'change-1', status: 'SUCCEEDED', output: { text: '1 of 1 nodes drained' } });
  expect(await ask({ action: 'status', cluster: 'demo' })).toMatchObject({
    nodes: [{ node: nodeName, phase: 'ended', ended: 'drained', pods: { gone: 2 } }],
  });
  expect(world.aws.scaling.instance(world.action.instanceId)?.lifecycleState).toBe('Terminating:Wait');
  expect(await ask({ action: 'stop', cluster: 'demo', requestId: 'change-1' })).toMatchObject({
    nodes: [{ node: nodeName, result: 'undone' }],
  });
  expect(world.cluster.get('nodes', nodeName)?.spec.unschedulable).toBeUndefined();
  expect(await ask({ action: 'plan', cluster: 'prod' })).toMatchObject({ error: { code: 'invalid-request' } });
  expect(await ask({ action: 'plan', cluster: 'prod', target: { node: 'n' } })).toMatchObject({
    error: { code: 'no-cluster' },
  });
});
