import { AwsError } from './aws-error.ts';
import { jsonAnswer } from './json-answer.ts';
import type { WireAnswer, WireService } from './wire.ts';

export interface SandboxCluster {
  name: string;
  status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING' | 'FAILED';
  endpoint?: string;
  /** PEM in base64. */
  caData?: string;
  /** Who a role is in the cluster, by the role's ARN. */
  accessEntries: Record<string, KubernetesUser>;
}

export interface KubernetesUser {
  user: string;
  groups: string[];
}

/** DescribeCluster in the REST-JSON protocol. */
export function createEksService(clusters: ReadonlyMap<string, SandboxCluster>): WireService {
  return {
    read: ({ method, url }) => {
      const name = /^\/clusters\/([^/]+)$/.exec(url.pathname)?.[1];
      if (method !== 'GET' || !name) throw new AwsError(404, 'UnknownOperationException', `${method} ${url.pathname}`);
      return { name: 'DescribeCluster', input: { name: decodeURIComponent(name) } };
    },
    answer: ({ input }) => {
      const cluster = clusters.get(String(input.name));
      if (!cluster) throw new AwsError(404, 'ResourceNotFoundException', `No cluster found for name: ${input.name}.`);
      const { name, status, endpoint, caData } = cluster;
      const certificateAuthority = caData === undefined ? {} : { data: caData };
      return jsonAnswer(200, { cluster: { name, status, endpoint, certificateAuthority } });
    },
    refuse: eksRefusal,
  };
}

export function eksRefusal({ status, code, message }: AwsError): WireAnswer {
  return jsonAnswer(status, { message }, { 'x-amzn-errortype': code });
}
