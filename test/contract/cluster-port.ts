import { afterAll, beforeAll, describe } from 'vitest';
import type { ClusterPort } from '../../shared/cluster-port.ts';
import { clusterPortEvictions } from './cluster-port-evictions.ts';
import { clusterPortLookups } from './cluster-port-lookups.ts';
import { clusterPortNodes } from './cluster-port-nodes.ts';
import { clusterPortWatches } from './cluster-port-watches.ts';
import { type ClusterPortTarget, createWorld, type World } from './cluster-port-world.ts';

/** What a test of the contract reaches for; only inside a test, after the target is open. */
export interface Stage {
  readonly cluster: ClusterPort;
  readonly world: World;
}

/** The same tests for every way to a cluster: what the real API server answers is right. */
export function clusterPortContract(name: string, open: () => Promise<ClusterPortTarget>): void {
  describe(name, () => {
    let target: ClusterPortTarget;
    let world: World;
    const stage: Stage = {
      get cluster() {
        return target.cluster;
      },
      get world() {
        return world;
      },
    };

    beforeAll(async () => {
      target = await open();
      world = createWorld(target.admin);
      await world.build();
    });
    afterAll(async () => {
      await world.remove();
      await target.close();
    });

    clusterPortNodes(stage);
    clusterPortEvictions(stage);
    clusterPortWatches(stage);
    clusterPortLookups(stage);
  });
}
