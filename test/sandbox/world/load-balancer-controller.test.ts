import { expect, it } from 'vitest';
import { createLoadBalancing } from '../../../sandbox/aws/load-balancing.ts';
import { createManualClock } from '../../../sandbox/clock.ts';
import { createCluster } from '../../../sandbox/cluster/create-cluster.ts';
import { node } from '../../../sandbox/scenarios/manifests.ts';
import { reconcileNodes } from '../../../sandbox/world/load-balancer-controller.ts';

it('the controller registers nodes in what is its own, and takes out who carries the label until it carries it no more', async () => {
  const clock = createManualClock(0);
  const cluster = createCluster({ clock });
  const balancing = createLoadBalancing({ clock, account: '123456789012', region: 'eu-west-1' });
  balancing.addGroup({ name: 'web', tags: { 'elbv2.k8s.aws/cluster': 'demo' }, deregistrationSeconds: 30 });
  balancing.addGroup({ name: 'pods', type: 'ip', tags: { 'elbv2.k8s.aws/cluster': 'demo' } });
  balancing.addGroup({ name: 'foreign' });
  balancing.addClassic({ name: 'old', tags: { 'kubernetes.io/service-name': 'shop/web' } });
  const states = () => {
    reconcileNodes(balancing, cluster);
    return [
      ...balancing
        .groups()
        .flatMap((group) => balancing.targets(group).map(({ id, state }) => `${group.name} ${id} ${state}`)),
      ...balancing.classics().flatMap((classic) => balancing.instancesOf(classic).map((id) => `${classic.name} ${id}`)),
    ];
  };
  const label = (value?: string) => {
    const manifest = node('one', 'i-1');
    const labels = value === undefined ? {} : { 'node.kubernetes.io/exclude-from-external-load-balancers': value };
    cluster.apply({ ...manifest, metadata: { ...manifest.metadata, labels } });
  };
  label();
  cluster.apply(node('two', 'i-2'));
  states();
  await clock.advance(10_000);
  expect(states()).toEqual(['web i-1 healthy', 'web i-2 healthy', 'old i-1', 'old i-2']);
  label('');
  expect(states()).toEqual(['web i-1 draining', 'web i-2 healthy', 'old i-2']);
  await clock.advance(30_000);
  expect(states()).toEqual(['web i-2 healthy', 'old i-2']);
  label();
  expect(states()).toEqual(['web i-2 healthy', 'web i-1 initial', 'old i-2', 'old i-1']);
});
