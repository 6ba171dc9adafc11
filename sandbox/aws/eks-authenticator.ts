import { AwsError } from './aws-error.ts';
import type { AwsSandbox } from './aws-sandbox.ts';
import type { KubernetesUser } from './eks-service.ts';
import { verifyPresigned } from './presigned-url.ts';

const allowedParameters = new Set([
  'Action',
  'Version',
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
]);

/**
 * Who the bearer of a token is in the cluster; undefined when the token is no good (the API server then answers 401) or its role
 * has no access entry. The rules are those of https://github.com/kubernetes-sigs/aws-iam-authenticator, except that any STS host
 * will do: only the sandbox knows its secret keys.
 */
export function createEksAuthenticator(sandbox: AwsSandbox, { clusterName }: { clusterName: string }) {
  return async function authenticateEksToken(token: string): Promise<KubernetesUser | undefined> {
    const url = presignedUrlIn(token);
    if (!url) return undefined;
    try {
      const { roleArn } = await verifyPresigned(url, { host: url.host, 'x-k8s-aws-id': clusterName }, sandbox);
      return sandbox.clusters.get(clusterName)?.accessEntries[roleArn];
    } catch (error) {
      if (error instanceof AwsError) return undefined;
      throw error;
    }
  };
}

function presignedUrlIn(token: string): URL | undefined {
  const encoded = /^k8s-aws-v1\.([\w-]+)$/.exec(token)?.[1];
  const url = encoded ? URL.parse(Buffer.from(encoded, 'base64url').toString()) : null;
  if (url?.pathname !== '/') return undefined;
  const { searchParams } = url;
  if (![...searchParams.keys()].every((name) => allowedParameters.has(name))) return undefined;
  if (searchParams.get('Action') !== 'GetCallerIdentity') return undefined;
  if (!searchParams.get('X-Amz-SignedHeaders')?.split(';').includes('x-k8s-aws-id')) return undefined;
  return Number(searchParams.get('X-Amz-Expires') ?? 'none') <= 900 ? url : undefined;
}
