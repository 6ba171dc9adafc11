import type { Manifest } from '../../../sandbox/cluster/objects.ts';
import type { FaultEffect } from '../../../sandbox/faults.ts';
import { type createWorld, deployment } from './drain-world.ts';

export const policy = { surgeSingletons: true };
export type World = ReturnType<typeof createWorld>;

/** Notes how many ready pods of an app there are at the least, while the clock runs. */
export function watchReady(world: World, app: string) {
  const seen = { least: Number.POSITIVE_INFINITY };
  const look = () => {
    const ready = world.cluster
      .list('pods')
      .filter(
        ({ metadata, status }) =>
          metadata.labels?.app === app &&
          metadata.deletionTimestamp === undefined &&
          status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
      );
    seen.least = Math.min(seen.least, ready.length);
  };
  for (let at = 0; at < 60; at += 0.25) world.at(at, look);
  return seen;
}
export const asked = (world: World, pattern: RegExp) => {
  const seen: string[] = [];
  world.cluster.faults.add({
    match: (operation) => {
      if (pattern.test(operation)) seen.push(operation);
      return false;
    },
    effect: { reset: 'before' },
  });
  return seen;
};
export const withSpec = (spec: object): Manifest => {
  const web = deployment('web', 1);
  return { ...web, spec: { ...(web.spec as object), ...spec } };
};
export const rolled = (strategy: object) => withSpec({ strategy });
export const naked: Manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'naked', namespace: 'default' },
  spec: { containers: [{ name: 'main', image: 'demo' }] },
};
export const claim = (mode: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'default' },
  spec: { accessModes: [mode] },
});
export const mounting = { spec: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] } };
export const wish = { annotations: { 'karpenter.sh/do-not-disrupt': 'true' } };
export const conflict: FaultEffect = {
  answer: { status: 409, body: { kind: 'Status', code: 409, reason: 'Conflict', message: 'it has changed' } },
};
export const notSurged = (world: World) =>
  world
    .report()
    .timeline.filter(({ what }) => what === 'not-surged')
    .map(({ text }) => text);
export const restartedAt = (world: World, name = 'web') =>
  world.cluster.get('deployments', name, 'default')?.spec.template.metadata?.annotations?.[
    'kubectl.kubernetes.io/restartedAt'
  ];
