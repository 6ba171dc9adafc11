import { expect } from 'vitest';
import type { Arena, PodRef } from './arena/arena.ts';
import { expectDrained, expectEvicted, expectRefused, expectUntouched, manual, modes } from './arena/expect-drain.ts';
import type { PodWish } from './arena/manifests.ts';
import { scenarios } from './arena/scenarios.ts';

const safeToEvict = (value: string) => ({ annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': value } });
const ownKey = 'eks-node-lifecycle.io/drain';
const clusterApiKey = 'cluster.x-k8s.io/drain';

/** Over `app: <app>` in kube-system, and gone with the scenario. */
async function systemBudget(arena: Arena, name: string, app: string, status: object): Promise<void> {
  const body = { metadata: { name }, spec: { selector: { matchLabels: { app } }, minAvailable: 1 } };
  await arena.make(arena.paths.budgets('kube-system'), body);
  await arena.setBudget(name, status, 'kube-system');
}

scenarios('what pods ask for', (scenario) => {
  scenario(
    'T29: a pod with safe-to-evict "false" is waited for, and evicted at its force moment (adapted: a hook does not block)',
    { policy: { deadlineSeconds: 46 } },
    async (arena) => {
      const web = await arena.pod('web', { graceSeconds: 1 });
      const held = await arena.pod('held', { ...safeToEvict('false'), graceSeconds: 1 });
      await expectDrained(arena);
      expect(arena.podReport('held')).toMatchObject({ verdict: 'wait', code: 'do-not-disrupt' });
      const [eviction, ...more] = arena.callsOn(held);
      expect(more).toEqual([]);
      expect(eviction).toMatchObject({ method: 'POST', status: 201 });
      const forceAt = Date.parse(arena.report().deadlineAt ?? '') - 31_000;
      expect(eviction?.at).toBeGreaterThanOrEqual(forceAt);
      expect(arena.evictions(web)[0]?.at).toBeLessThan(eviction?.at ?? 0);
    },
  );

  scenario('T29: a pod with safe-to-evict "false" stops a manual drain', { policy: manual }, async (arena) => {
    const web = await arena.pod('web');
    await expectRefused(arena, [[await arena.pod('held', safeToEvict('false')), 'do-not-disrupt']]);
    await expectUntouched(arena, web);
  });

  const bareAndFull: PodWish = { ...safeToEvict('true'), owner: 'none', volumes: [{ name: 'data', emptyDir: {} }] };

  scenario(
    'T29: a pod of kube-system with safe-to-evict "true", no controller and an emptyDir is evicted',
    {},
    async (arena) => {
      const pod = await arena.pod(`agent-${arena.id}`, { ...bareAndFull, in: 'kube-system' });
      await expectDrained(arena);
      await expectEvicted(arena, pod, 'unmanaged-pod');
    },
  );

  scenario(
    'T29: safe-to-evict "true" lifts no refusal of a manual drain (adapted: force and deleteEmptyDirData do)',
    { policy: { ...manual, deleteEmptyDirData: true } },
    async (arena) => {
      await expectRefused(arena, [[await arena.pod('agent', bareAndFull), 'unmanaged-pod']]);
    },
  );

  const untilDone: [string, Record<string, object>][] = [
    ['T29: a pod with safe-to-evict "on-completion"', safeToEvict('on-completion')],
    ['T32: a pod labelled wait-completed', { labels: { [clusterApiKey]: 'wait-completed' } }],
    [`T32: a pod annotated ${ownKey}: wait`, { annotations: { [ownKey]: 'wait' } }],
  ];
  for (const [subject, wish] of untilDone) {
    for (const [mode, policy] of modes) {
      scenario(
        `${subject} is left to finish, and the drain waits for that (${mode})`,
        { policy: { ...policy, deadlineSeconds: 100 } },
        async (arena) => {
          const batch = await arena.pod('batch', { owner: 'Job', ...wish });
          let finished = false;
          const whenGone = async () => {
            expect(arena.completions).toEqual([]);
            finished = true;
            await arena.patch(`${arena.paths.pod(batch)}/status`, { status: { phase: 'Succeeded' } });
          };
          await arena.pod('web', { stopsAfterSeconds: 2, whenGone });
          await expectDrained(arena);
          expect(finished).toBe(true);
          await expectUntouched(arena, batch, 'wait-requested');
        },
      );
    }
  }

  for (const [mode, policy] of modes) {
    scenario(
      `T32: pods labelled skip, in any case of letters, stay and are not waited for (${mode})`,
      { policy },
      async (arena) => {
        const lower = await arena.pod('lower', { labels: { [clusterApiKey]: 'skip' } });
        const upper = await arena.pod('upper', { labels: { [clusterApiKey]: 'Skip' } });
        const ours = await arena.pod('ours', { annotations: { [ownKey]: 'skip' }, owner: 'none' });
        const web = await arena.pod('web');
        await expectDrained(arena);
        for (const pod of [lower, upper, ours]) await expectUntouched(arena, pod, 'skip-requested');
        await expectEvicted(arena, web);
      },
    );

    scenario(
      `T33: a wish that nobody knows is none (${mode}; adapted: no error, the pod is evicted)`,
      { policy },
      async (arena) => {
        const pods = [
          await arena.pod('label', { labels: { [clusterApiKey]: 'sometimes' } }),
          await arena.pod('annotation', { annotations: { [ownKey]: 'maybe' } }),
          await arena.pod('duration', { annotations: { 'karpenter.sh/do-not-disrupt': 'for a while' } }),
          await arena.pod('order', { annotations: { 'eks-node-lifecycle.io/drain-order': 'first' } }),
          await arena.pod('autoscaler', safeToEvict('perhaps')),
        ];
        await expectDrained(arena);
        for (const pod of pods) await expectEvicted(arena, pod);
      },
    );

    scenario(
      `T30: a young pod of kube-system without a budget is evicted (${mode}; adapted: neither namespace nor age decides)`,
      { policy },
      async (arena) => {
        const pod = await arena.pod(`dns-${arena.id}`, { in: 'kube-system' });
        await expectDrained(arena);
        await expectEvicted(arena, pod);
      },
    );
  }

  scenario('T30: a pod of kube-system goes when the budget over it allows that', {}, async (arena) => {
    const name = `dns-${arena.id}`;
    await systemBudget(arena, name, name, { disruptionsAllowed: 1, currentHealthy: 2, expectedPods: 2 });
    const pod = await arena.pod(name, { in: 'kube-system' });
    await expectDrained(arena);
    await expectEvicted(arena, pod);
    expect((await arena.get(`${arena.paths.budgets('kube-system')}/${name}`))?.status.disruptionsAllowed).toBe(0);
  });

  scenario(
    'T30: a budget of another namespace or over other labels does not hold a pod of kube-system (adapted: nor is one asked for)',
    {},
    async (arena) => {
      const name = `dns-${arena.id}`;
      await arena.budget(name); // none to spend, but in the namespace of the scenario
      await systemBudget(arena, name, 'other', {});
      const pod = await arena.pod(name, { in: 'kube-system' });
      await expectDrained(arena);
      await expectEvicted(arena, pod);
    },
  );

  const everything = { operator: 'Exists' };
  const cordon = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
  const karpenter = { key: 'karpenter.sh/disrupted', effect: 'NoSchedule' };

  scenario(
    'T34: a pod that tolerates a drain taint is evicted once, and neither evicted again nor waited for when it comes back (adapted: our taint is the cordon)',
    {},
    async (arena) => {
      const tolerations: [string, object][] = [
        ['exists', everything],
        ['equal', { ...cordon, operator: 'Equal', value: '' }],
      ];
      const returned: PodRef[] = [];
      const gone: PodRef[] = [];
      for (const [name, toleration] of tolerations) {
        const wish = {
          ownerName: name,
          ownerUid: `7c1d6f8e-0000-4000-8000-00000000000${gone.length}`,
          tolerations: [toleration],
        };
        const whenGone = async () => returned.push(await arena.pod(`${name}-again`, wish));
        gone.push(await arena.pod(name, { ...wish, whenGone }));
      }
      await arena.pod('slow', { stopsAfterSeconds: 4 }); // the drain is still there when they come back
      await expectDrained(arena);
      for (const pod of gone) await expectEvicted(arena, pod);
      expect(returned).toHaveLength(2);
      for (const pod of returned) {
        await expectUntouched(arena, pod, 'bounce');
        expect(arena.report().end?.text).toContain(`${pod.namespace}/${pod.name}`);
      }
    },
  );

  for (const [mode, policy] of modes) {
    scenario(
      `T34 T35: what was there before the cordon is evicted, whichever taint it tolerates (${mode}; adapted: Karpenter's too)`,
      { policy },
      async (arena) => {
        const tolerating = (name: string, toleration: object) => arena.pod(name, { tolerations: [toleration] });
        const pods = [
          await tolerating('unschedulable', { ...cordon, operator: 'Exists' }),
          await tolerating('disrupted-exists', { ...karpenter, operator: 'Exists' }),
          await tolerating('disrupted-equal', { ...karpenter, operator: 'Equal', value: '' }),
          await tolerating('everything', everything),
        ];
        await expectDrained(arena);
        for (const pod of pods) await expectEvicted(arena, pod);
      },
    );
  }
});
