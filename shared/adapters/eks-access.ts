import { DescribeAccessEntryCommand, DescribeClusterCommand, type EKSClient } from '@aws-sdk/client-eks';
import type { DiagnosisPort } from '../launch/launch-ports.ts';
import type { RoleAccess } from '../lifecycle/launch-facts.ts';
import { answered } from './answered.ts';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';

/**
 * EKS's part of a diagnosis. A cluster whose authentication mode is CONFIG_MAP has no access entries and refuses to be asked for one.
 * https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html
 */
export function createEksAccess(client: Pick<EKSClient, 'send'>): Pick<DiagnosisPort, 'accessEntry'> {
  return {
    accessEntry: (clusterName, roleArn, signal) =>
      during(
        `looking for the access entry of ${roleArn} in cluster ${clusterName}`,
        signal,
        find(client, clusterName, roleArn, signal).catch((error: unknown) => {
          // A cluster that is gone is found out elsewhere: here it lets nobody in, and nothing is to be said of the role.
          if (isNamed(error, 'AccessDeniedException', 'ResourceNotFoundException')) return 'unknown' as const;
          throw error;
        }),
      ),
  };
}

async function find(
  client: Pick<EKSClient, 'send'>,
  clusterName: string,
  principalArn: string,
  abortSignal: AbortSignal,
): Promise<RoleAccess> {
  const { cluster } = await client.send(new DescribeClusterCommand({ name: clusterName }), { abortSignal });
  const mode = cluster?.accessConfig?.authenticationMode ?? 'API_AND_CONFIG_MAP';
  if (mode === 'CONFIG_MAP') return { mode, entryType: undefined };
  return client.send(new DescribeAccessEntryCommand({ clusterName, principalArn }), { abortSignal }).then(
    ({ accessEntry }) => ({ mode, entryType: answered('accessEntry.type', accessEntry?.type) }),
    (error: unknown): RoleAccess => {
      if (isNamed(error, 'ResourceNotFoundException')) return { mode, entryType: undefined };
      if (isNamed(error, 'InvalidRequestException') && /authentication mode/i.test(error.message)) {
        return { mode: 'CONFIG_MAP', entryType: undefined };
      }
      throw error;
    },
  );
}
