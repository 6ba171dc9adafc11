import { EKSClient } from '@aws-sdk/client-eks';
import type { ClusterDirectoryPort } from '../ports.ts';
import { clientDefaults } from './client-defaults.ts';
import { createEksClusters } from './eks-clusters.ts';
import { type EksOptions, openEksCluster } from './open-eks-cluster.ts';
import { realClock } from './real-clock.ts';

/** The clusters of this account and region, as this function's own role sees them. */
export function openClusters(options: EksOptions): ClusterDirectoryPort {
  const client = new EKSClient(clientDefaults);
  const { region, credentials } = client.config;
  return createEksClusters(client, { openCluster: openEksCluster({ region, credentials }, options), clock: realClock });
}
