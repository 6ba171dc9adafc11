import { expect } from 'vitest';
import { grants } from '../contract/cluster-port-rights.ts';
import { expectDrained, expectEvicted, expectRefused, expectUntouched, manual, modes } from './arena/expect-drain.ts';
import { scenarios } from './arena/scenarios.ts';

const scratch = [{ name: 'scratch', emptyDir: {} }];

/** infra/rbac, but for DaemonSets. */
const withoutDaemonSets = grants.map(({ group: _group, rules, ...where }) => ({
  ...where,
  rules: rules.filter(({ resources }) => !resources.includes('daemonsets')),
}));

scenarios('pods by owner', (scenario) => {
  for (const [mode, policy] of modes) {
    scenario(
      `T01: a pod of a ReplicationController is evicted once from a cordoned node (${mode})`,
      { policy },
      async (arena) => {
        const pod = await arena.pod('web', { owner: 'ReplicationController' });
        await expectDrained(arena);
        await expectEvicted(arena, pod);
      },
    );

    scenario(`T02: a pod of a ReplicaSet is evicted once from a cordoned node (${mode})`, { policy }, async (arena) => {
      const pod = await arena.pod('web', { owner: 'ReplicaSet' });
      await expectDrained(arena);
      await expectEvicted(arena, pod);
    });

    scenario(
      `${mode === 'hook' ? 'T04' : 'T03 T04'}: a pod of a DaemonSet is left alone, and that is told (${mode}; adapted: never an error)`,
      { policy },
      async (arena) => {
        const logger = await arena.pod('logger', { owner: 'DaemonSet', ownerUid: await arena.daemonSet('logger') });
        const web = await arena.pod('web');
        await expectDrained(arena);
        await expectUntouched(arena, logger, 'daemonset-pod');
        await expectEvicted(arena, web);
        const told = {
          verdict: 'stay',
          pod: `${arena.namespace}/logger`,
          reason: expect.stringContaining('DaemonSet logger'),
        };
        expect(arena.logged).toContainEqual(
          expect.objectContaining({ message: 'pod judged', fields: expect.objectContaining(told) }),
        );
      },
    );

    scenario(
      `T05: a pod of a DaemonSet with an emptyDir stays for its DaemonSet's sake (${mode})`,
      { policy },
      async (arena) => {
        const ownerUid = await arena.daemonSet('logger');
        const logger = await arena.pod('logger', { owner: 'DaemonSet', ownerUid, volumes: scratch });
        await expectDrained(arena);
        await expectUntouched(arena, logger, 'daemonset-pod');
      },
    );

    scenario(
      `T06: a finished pod of a DaemonSet holds nothing up (${mode}; adapted: ignored, not evicted)`,
      { policy },
      async (arena) => {
        const ownerUid = await arena.daemonSet('logger');
        const logger = await arena.pod('logger', { owner: 'DaemonSet', ownerUid, phase: 'Succeeded' });
        await expectDrained(arena);
        await expectUntouched(arena, logger, 'finished');
      },
    );

    scenario(
      `T09: of a DaemonSet that answers 500 nothing is known, so its pod stays (${mode}; adapted: the drain goes on without it)`,
      { policy: { ...policy, force: true } },
      async (arena) => {
        const logger = await arena.pod('logger', { owner: 'DaemonSet' }); // there is none: only the error keeps its pod
        const web = await arena.pod('web');
        arena.intervene(({ path }) => (path.includes('/daemonsets/') ? { status: 500 } : undefined));
        await expectDrained(arena);
        await expectUntouched(arena, logger, 'daemonset-pod');
        await expectEvicted(arena, web);
      },
    );

    scenario(
      `T09: a DaemonSet that may not be read is taken to exist, so its pod stays (${mode}; adapted: the drain goes on without it)`,
      { policy: { ...policy, force: true }, rights: withoutDaemonSets },
      async (arena) => {
        const logger = await arena.pod('logger', { owner: 'DaemonSet' });
        const web = await arena.pod('web');
        await expectDrained(arena);
        await expectUntouched(arena, logger, 'daemonset-pod');
        await expectEvicted(arena, web);
        expect(arena.calls.filter(({ path }) => path.includes('/daemonsets/'))).toMatchObject([{ status: 403 }]);
        expect(arena.logged).toContainEqual(expect.objectContaining({ level: 'warn', message: 'DaemonSet unknown' }));
      },
    );

    scenario(`T19: a mirror pod stays (${mode})`, { policy }, async (arena) => {
      const annotations = { 'kubernetes.io/config.mirror': 'a-hash' };
      const mirror = await arena.pod('etcd', { owner: 'none', annotations });
      await expectDrained(arena);
      await expectUntouched(arena, mirror, 'static-pod');
    });

    scenario(`T20: a pod that a Node owns stays (${mode})`, { policy }, async (arena) => {
      const pod = await arena.pod('etcd', { owner: 'Node', ownerName: arena.node.name });
      await expectDrained(arena);
      await expectUntouched(arena, pod, 'static-pod');
    });
  }

  scenario('T07: a pod whose DaemonSet is gone stops a manual drain', { policy: manual }, async (arena) => {
    const orphan = await arena.pod('orphan', { owner: 'DaemonSet' });
    const web = await arena.pod('web');
    await expectRefused(arena, [[orphan, 'orphaned-daemonset-pod']]);
    await expectUntouched(arena, web);
  });

  const evicting: typeof modes = [
    ['hook', {}],
    ['manual with force', { ...manual, force: true }],
  ];
  for (const [mode, policy] of evicting) {
    scenario(
      `T07: a pod whose DaemonSet is gone, or is another one by now, is evicted (${mode})`,
      { policy },
      async (arena) => {
        await arena.daemonSet('renewed');
        const orphan = await arena.pod('orphan', { owner: 'DaemonSet' });
        const former = await arena.pod('former', { owner: 'DaemonSet', ownerName: 'renewed' });
        await expectDrained(arena);
        await expectEvicted(arena, orphan, 'orphaned-daemonset-pod');
        await expectEvicted(arena, former, 'orphaned-daemonset-pod');
      },
    );
  }

  scenario(
    'T08: force is leave to lose a DaemonSet, not to lose the data of an emptyDir',
    { policy: { ...manual, force: true } },
    async (arena) => {
      const orphan = await arena.pod('orphan', { owner: 'DaemonSet', volumes: scratch });
      await expectRefused(arena, [[orphan, 'local-data']]);
    },
  );

  scenario(
    'T08: a hook evicts a pod that has both lost its DaemonSet and an emptyDir (adapted: the first warning is told)',
    {},
    async (arena) => {
      const orphan = await arena.pod('orphan', { owner: 'DaemonSet', volumes: scratch });
      await expectDrained(arena);
      await expectEvicted(arena, orphan, 'orphaned-daemonset-pod');
    },
  );
});
