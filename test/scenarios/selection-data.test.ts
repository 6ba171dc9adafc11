import { expectDrained, expectEvicted, expectRefused, expectUntouched, manual, modes } from './arena/expect-drain.ts';
import { scenarios } from './arena/scenarios.ts';

const scratch = (...names: string[]) => names.map((name) => ({ name, emptyDir: {} }));
const withForce = { ...manual, force: true };
const withDelete = { ...manual, deleteEmptyDirData: true };

const evictsUnmanaged: typeof modes = [
  ['hook', {}],
  ['manual with force', withForce],
];
const evictsData: typeof modes = [
  ['hook', {}],
  ['manual with deleteEmptyDirData', withDelete],
];

scenarios('pods nobody replaces, and data on the node', (scenario) => {
  scenario('T10: a pod without a controller stops a manual drain', { policy: manual }, async (arena) => {
    const naked = await arena.pod('bar', { owner: 'none' });
    await expectRefused(arena, [[naked, 'unmanaged-pod']]);
  });

  for (const [mode, policy] of evictsUnmanaged) {
    scenario(`T11: a pod without a controller is evicted, with a warning (${mode})`, { policy }, async (arena) => {
      const naked = await arena.pod('bar', { owner: 'none' });
      await expectDrained(arena);
      await expectEvicted(arena, naked, 'unmanaged-pod');
    });
  }

  scenario('T12: an emptyDir stops a manual drain, force or not', { policy: withForce }, async (arena) => {
    const cache = await arena.pod('cache', { volumes: scratch('data') });
    await expectRefused(arena, [[cache, 'local-data']]);
  });

  for (const [mode, policy] of evictsData) {
    scenario(`T13: a pod with an emptyDir is evicted, with a warning (${mode})`, { policy }, async (arena) => {
      const cache = await arena.pod('cache', { volumes: scratch('data') });
      await expectDrained(arena);
      await expectEvicted(arena, cache, 'local-data');
    });
  }

  for (const [mode, policy] of modes) {
    scenario(
      `T14: an emptyDir in memory is no data to lose (${mode}; adapted: as Cluster Autoscaler)`,
      { policy },
      async (arena) => {
        const pod = await arena.pod('web', { volumes: [{ name: 'run', emptyDir: { medium: 'Memory' } }] });
        await expectDrained(arena);
        await expectEvicted(arena, pod);
      },
    );

    scenario(`T15: a hostPath holds nothing up (${mode}; adapted: as kubectl)`, { policy }, async (arena) => {
      const pod = await arena.pod('web', { volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }] });
      await expectDrained(arena);
      await expectEvicted(arena, pod);
    });

    scenario(
      `T16: a failed pod with an emptyDir holds nothing up (${mode}; adapted: ignored, not evicted)`,
      { policy },
      async (arena) => {
        const pod = await arena.pod('web', { phase: 'Failed', volumes: scratch('data') });
        await expectDrained(arena);
        await expectUntouched(arena, pod, 'finished');
      },
    );

    scenario(
      `T17: a pod of a Job that has succeeded holds nothing up (${mode}; adapted: ignored, not evicted)`,
      { policy },
      async (arena) => {
        const pod = await arena.pod('batch', { owner: 'Job', phase: 'Succeeded', volumes: scratch('data') });
        await expectDrained(arena);
        await expectUntouched(arena, pod, 'finished');
      },
    );
  }

  const evictsBoth: typeof modes = [
    ['hook', {}],
    ['manual with both flags', { ...withDelete, ...withForce }],
  ];
  for (const [mode, policy] of evictsBoth) {
    scenario(`T18: a running pod of a Job with an emptyDir is evicted (${mode})`, { policy }, async (arena) => {
      const pod = await arena.pod('batch', { owner: 'Job', volumes: scratch('data') });
      await expectDrained(arena);
      await expectEvicted(arena, pod, 'local-data');
    });
  }

  scenario('T21: one pod that is refused keeps five others from being evicted', { policy: manual }, async (arena) => {
    const others = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => arena.pod(name)));
    const naked = await arena.pod('naked', { owner: 'none' });
    await expectRefused(arena, [[naked, 'unmanaged-pod']]);
    for (const pod of others) await expectUntouched(arena, pod, 'evictable');
  });

  scenario('T21: every pod that is refused is named at once', { policy: manual }, async (arena) => {
    const web = await arena.pod('web');
    await expectRefused(arena, [
      [await arena.pod('naked', { owner: 'none' }), 'unmanaged-pod'],
      [await arena.pod('cache', { volumes: scratch('data') }), 'local-data'],
      [await arena.pod('orphan', { owner: 'DaemonSet' }), 'orphaned-daemonset-pod'],
    ]);
    await expectUntouched(arena, web);
  });

  const key = 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes';
  const listed: [string, string][] = [
    ['all', 'scratch-1,scratch-2,scratch-3'],
    ['two of three', 'scratch-1,scratch-2'],
  ];
  for (const [which, value] of listed) {
    const wish = { annotations: { [key]: value }, volumes: scratch('scratch-1', 'scratch-2', 'scratch-3') };

    scenario(
      `T31: safe-to-evict-local-volumes for ${which} lifts no refusal (adapted: deleteEmptyDirData alone does)`,
      { policy: withForce },
      async (arena) => {
        await expectRefused(arena, [[await arena.pod('cache', wish), 'local-data']]);
      },
    );

    for (const [mode, policy] of evictsData) {
      scenario(
        `T31: safe-to-evict-local-volumes for ${which} keeps no pod (${mode}; adapted: the annotation is not read)`,
        { policy },
        async (arena) => {
          const cache = await arena.pod('cache', wish);
          await expectDrained(arena);
          await expectEvicted(arena, cache, 'local-data');
        },
      );
    }
  }
});
