import { EKSClient } from '@aws-sdk/client-eks';
import type { ClusterPort } from '../cluster-port.ts';
import type { InventoryPort } from '../inventory-port.ts';
import { clientDefaults } from './client-defaults.ts';
import { createEksClusters } from './eks-clusters.ts';
import { createKubeCluster } from './kube-cluster.ts';
import { createKubeInventory } from './kube-inventory.ts';
import { type EksOptions, openEksTransport } from './open-eks-cluster.ts';
import { realClock } from './real-clock.ts';

/** The clusters of this account and region, with whole lists of what is in them. */
export function openManualClusters({ stsEndpoint, ...options }: EksOptions) {
  const client = new EKSClient(clientDefaults);
  const { region, credentials } = client.config;
  const openTransport = openEksTransport({ region, credentials }, { stsEndpoint });
  const inventories = new WeakMap<ClusterPort, InventoryPort>();
  const directory = createEksClusters(client, {
    clock: realClock,
    openCluster: (connection) => {
      const transport = openTransport(connection);
      const cluster = createKubeCluster(transport, options);
      inventories.set(cluster, createKubeInventory(transport));
      return cluster;
    },
  });
  return {
    /** `gone`: EKS knows none of that name, or deletes it. */
    async open(
      name: string,
      signal: AbortSignal,
    ): Promise<{ cluster: ClusterPort; inventory: InventoryPort } | 'gone'> {
      const found = await directory.open(name, signal);
      if (found.found === 'gone') return 'gone';
      const inventory = inventories.get(found.cluster);
      if (!inventory) throw new Error(`opening cluster ${name}: it was opened elsewhere`);
      return { cluster: found.cluster, inventory };
    },
  };
}
