import { realClock } from '../../shared/adapters/real-clock.ts';
import { kubeletOf } from './kubelets.ts';
import type { Observer } from './observation.ts';
import type { World } from './open-world.ts';

const everyMs = 50;

/** Tells what EC2 says of instances that are lost past Auto Scaling: their kubelets fall silent, and their Nodes go with them. */
export async function lostInstances(
  { aws, cluster }: Pick<World, 'aws' | 'cluster'>,
  observe: Observer,
  signal: AbortSignal,
): Promise<never> {
  const told = new Map<string, string>();
  for (;;) {
    for (const id of aws.scaling.instanceIds()) {
      const instance = aws.scaling.instance(id);
      if (!instance?.lost || told.get(id) === instance.ec2State) continue;
      told.set(id, instance.ec2State);
      observe({ at: Date.now(), from: 'ec2', instanceId: id, state: instance.ec2State });
      const node = cluster.list('nodes').find(({ spec }) => spec.providerID?.endsWith(`/${id}`));
      if (!node) continue;
      const kubelet = kubeletOf(cluster, { name: node.metadata.name, instanceId: id });
      if (instance.ec2State === 'terminated') kubelet.remove();
      else kubelet.fallSilent();
    }
    await realClock.sleep(everyMs, signal);
  }
}
