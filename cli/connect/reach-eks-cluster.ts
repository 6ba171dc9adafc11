import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { during } from '../../shared/adapters/during.ts';
import { createEksTokenSource } from '../../shared/adapters/eks-token.ts';
import { createHttpsTransport } from '../../shared/adapters/https-transport.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { CommandError } from '../command-error.ts';
import type { AwsAccess } from './connection.ts';

/** An EKS cluster by its name, with a token that is signed here. Throws a CommandError, and what the AWS client throws. */
export async function reachEksCluster(name: string, aws: AwsAccess, signal: AbortSignal) {
  const client = new EKSClient({ ...clientDefaults, ...aws });
  const asking = client.send(new DescribeClusterCommand({ name }), { abortSignal: signal });
  const { cluster } = await during(`describing cluster ${name}`, signal, asking).catch(async (error: Error) => {
    if ((error.cause as Error | undefined)?.name !== 'ResourceNotFoundException') throw error;
    const region = await client.config.region();
    const next = `See --region and --profile: aws eks list-clusters --region ${region}`;
    throw new CommandError(`there is no EKS cluster ${name} in ${region}`, next, { cause: error });
  });
  const { endpoint, certificateAuthority, status } = cluster ?? {};
  const ca = certificateAuthority?.data;
  if (!endpoint || !ca)
    throw new CommandError(`cluster ${name} has no endpoint: it is ${status}`, 'Wait until it is ACTIVE.');
  const { credentials } = client.config;
  const region = await client.config.region();
  // Only a sandbox has an STS of its own.
  const stsEndpoint = process.env.AWS_ENDPOINT_URL_STS ?? process.env.AWS_ENDPOINT_URL;
  const identity = { clusterName: name, region, credentials, ...(stsEndpoint && { stsEndpoint }) };
  const tokens = createEksTokenSource(identity, { clock: realClock });
  return {
    name,
    where: `EKS cluster ${name} in ${region} (${endpoint})`,
    kubectl: [],
    transport: createHttpsTransport({
      server: endpoint,
      ca: Buffer.from(ca, 'base64'),
      auth: async (force) => ({ authorization: `Bearer ${await (force ? tokens.refresh() : tokens.current())}` }),
    }),
  };
}
