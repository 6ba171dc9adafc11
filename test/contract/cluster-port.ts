import { afterAll, beforeAll, describe } from 'vitest';
import type { Caller } from '../../sandbox/cluster/authorize.ts';
import { createKubeCluster } from '../../shared/adapters/kube-cluster.ts';
import type { KubeTransport } from '../../shared/adapters/kube-transport.ts';
import type { ClusterPort } from '../../shared/cluster-port.ts';
import { clusterPortAnswers } from './cluster-port-answers.ts';
import { clusterPortDenials } from './cluster-port-denials.ts';
import { clusterPortEvictions } from './cluster-port-evictions.ts';
import { clusterPortLaunches } from './cluster-port-launches.ts';
import { clusterPortLists } from './cluster-port-lists.ts';
import { clusterPortLookups } from './cluster-port-lookups.ts';
import { clusterPortNodes } from './cluster-port-nodes.ts';
import { launchRightsOf, rightsOf, surgeRightsIn } from './cluster-port-rights.ts';
import { clusterPortSurges } from './cluster-port-surges.ts';
import { clusterPortTokens } from './cluster-port-tokens.ts';
import { clusterPortWatches } from './cluster-port-watches.ts';
import { createWorld, type World } from './cluster-port-world.ts';
import type { GuardedTarget } from './target.ts';

/** What a test of the contract reaches for; only inside a test, after the target is open. */
export interface Stage {
  readonly target: GuardedTarget;
  readonly world: World;
  /** With the rights of infra/rbac and no others, and held to its policies where somebody evaluates them. */
  readonly cluster: ClusterPort;
  /** With those of a launch. */
  readonly launcher: ClusterPort;
  /** The cluster through another way in. */
  clusterThrough(transport: KubeTransport): ClusterPort;
}

/** The same tests for every way to a cluster: what the real API server answers is right. `overHttps`: a bearer token is presented. */
export function clusterPortContract(
  name: string,
  open: () => Promise<GuardedTarget>,
  { overHttps }: { overHttps: boolean },
): void {
  describe(name, { timeout: 60_000 }, () => {
    let target: GuardedTarget;
    let world: World;
    let cluster: ClusterPort;
    let launcher: ClusterPort;
    const clusterThrough = (transport: KubeTransport) =>
      createKubeCluster(transport, { leaseNamespace: world.namespace, reportingInstance: 'contract' });
    const stage: Stage = {
      get target() {
        return target;
      },
      get world() {
        return world;
      },
      get cluster() {
        return cluster;
      },
      get launcher() {
        return launcher;
      },
      clusterThrough: (transport) => clusterThrough(transport),
    };

    beforeAll(async () => {
      target = await open();
      world = createWorld(target);
      await world.build();
      await target.guard?.();
      const drainer: Caller = { user: `drainer-${world.id}`, groups: ['eks-node-lifecycle'] };
      for (const rights of rightsOf({ group: 'eks-node-lifecycle' }, world.namespace)) await target.grant(rights);
      for (const rights of surgeRightsIn(world.namespace)) await target.grant(rights);
      cluster = clusterThrough(target.as(drainer));
      const starter: Caller = { user: `launcher-${world.id}`, groups: ['eks-node-lifecycle-launch'] };
      for (const rights of launchRightsOf({ group: 'eks-node-lifecycle-launch' })) await target.grant(rights);
      launcher = clusterThrough(target.as(starter));
    }, 60_000);
    afterAll(async () => {
      await world.remove();
      await target.close();
    }, 60_000);

    clusterPortNodes(stage);
    clusterPortLists(stage);
    clusterPortEvictions(stage);
    clusterPortAnswers(stage);
    clusterPortDenials(stage);
    clusterPortWatches(stage);
    clusterPortLookups(stage);
    clusterPortLaunches(stage);
    clusterPortSurges(stage);
    if (overHttps) clusterPortTokens(stage);
  });
}
