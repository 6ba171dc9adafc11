import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Clock } from '../ports.ts';

/** The bearer token of one cluster. */
interface TokenSource {
  /** A token that is good for at least some minutes. */
  current(): Promise<string>;
  /** A new token from new credentials, for when the API server answered 401. Callers at the same time share one. */
  refresh(): Promise<string>;
}

export interface EksTokenOptions {
  clusterName: string;
  region: string;
  /** An AWS client's `config.credentials` serves. */
  credentials: (options?: { forceRefresh?: boolean }) => Promise<AwsCredentials>;
  /** Only for a sandbox; default the region's own STS endpoint. */
  stsEndpoint?: string;
}

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

/** A token is good for 15 minutes from its signing: https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html */
const renewAfterMs = 10 * 60_000;
const credentialsReserveMs = 60_000;

/** Signs without any request to AWS. Its methods reject with what the credentials provider rejects with, as the cause. */
export function createEksTokenSource(options: EksTokenOptions, { clock }: { clock: Clock }): TokenSource {
  let held: { token: string; renewAt: number } | undefined;
  let signing: Promise<string> | undefined;

  const sign = async (forceRefresh: boolean) => {
    const credentials = await options.credentials({ forceRefresh }).catch((cause: unknown) => {
      throw new Error(`getting credentials for a token of cluster ${options.clusterName}: ${cause}`, { cause });
    });
    const now = clock.now();
    const token = await signToken(options, credentials, new Date(now));
    const expiresAt = credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
    held = { token, renewAt: Math.min(now + renewAfterMs, expiresAt - credentialsReserveMs) };
    return token;
  };
  const signOnce = (forceRefresh: boolean) => {
    signing ??= sign(forceRefresh).finally(() => {
      signing = undefined;
    });
    return signing;
  };

  return {
    current: async () => (held && clock.now() < held.renewAt ? held.token : signOnce(false)),
    refresh: () => signOnce(true),
  };
}

/**
 * `k8s-aws-v1.` and a presigned GetCallerIdentity that names the cluster in a signed header, as the authenticator in EKS expects
 * it: https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster
 */
async function signToken(options: EksTokenOptions, credentials: AwsCredentials, signingDate: Date): Promise<string> {
  const { clusterName, region, stsEndpoint = `https://${stsHost(region)}` } = options;
  const url = new URL(stsEndpoint);
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256 });
  const { query } = await signer.presign(
    {
      method: 'GET',
      protocol: url.protocol,
      hostname: url.hostname,
      path: '/',
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      headers: { host: url.host, 'x-k8s-aws-id': clusterName },
    },
    { expiresIn: 60, signingDate },
  );
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, String(value));
  return `k8s-aws-v1.${Buffer.from(url.href).toString('base64url')}`;
}

/** https://docs.aws.amazon.com/general/latest/gr/sts.html */
function stsHost(region: string): string {
  return `sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}
