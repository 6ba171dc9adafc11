import { DescribeClusterCommand, type EKSClient } from '@aws-sdk/client-eks';
import type { ClusterLoggingPort } from '../log-query/cluster-logging-port.ts';
import { answered } from './answered.ts';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_Logging.html */
export function createClusterLogging(client: Pick<EKSClient, 'send'>): ClusterLoggingPort {
  return {
    logTypes: (name, signal) =>
      during(
        `describing the logging of cluster ${name}`,
        signal,
        client.send(new DescribeClusterCommand({ name }), { abortSignal: signal }).then(
          (answer) => {
            const setups = answered('cluster', answer.cluster).logging?.clusterLogging ?? [];
            return setups.filter(({ enabled }) => enabled).flatMap(({ types }) => types ?? []);
          },
          (error: unknown) => {
            if (isNamed(error, 'ResourceNotFoundException')) return 'gone' as const;
            throw error;
          },
        ),
      ),
  };
}
