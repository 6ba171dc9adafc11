import type { LogType } from '../../shared/log-query/cluster-logging-port.ts';
import { AwsError } from './aws-error.ts';
import { jsonAnswer } from './json-answer.ts';
import type { Operation, WireAnswer, WireService } from './wire.ts';

export interface SandboxCluster {
  name: string;
  status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING' | 'FAILED';
  endpoint?: string;
  /** PEM in base64. */
  caData?: string;
  vpcId?: string;
  /** Default API_AND_CONFIG_MAP. */
  authenticationMode?: 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP';
  /** Control-plane logs that are switched on; default none, as EKS has it. */
  logTypes?: readonly LogType[];
  /** Who a role is in the cluster, by the role's ARN. */
  accessEntries: Record<string, KubernetesUser>;
}

export interface KubernetesUser {
  user: string;
  groups: string[];
}

const allLogTypes: readonly LogType[] = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/** DescribeCluster, DescribeAccessEntry and ListAccessEntries in the REST-JSON protocol. */
export function createEksService(clusters: ReadonlyMap<string, SandboxCluster>): WireService {
  const clusterNamed = (name: unknown) => {
    const cluster = clusters.get(String(name));
    if (cluster) return cluster;
    throw new AwsError(404, 'ResourceNotFoundException', `No cluster found for name: ${name}.`);
  };
  const entriesOf = (name: unknown) => {
    const { authenticationMode, accessEntries } = clusterNamed(name);
    if (authenticationMode !== 'CONFIG_MAP') return accessEntries;
    const modes = '[API, API_AND_CONFIG_MAP]';
    const message = `The cluster's authentication mode must be set to one of ${modes} to perform this operation.`;
    throw new AwsError(400, 'InvalidRequestException', message);
  };

  const operations: Record<string, (input: Operation['input']) => object> = {
    DescribeCluster: ({ name }) => ({ cluster: describe(clusterNamed(name)) }),
    ListAccessEntries: ({ name }) => ({ accessEntries: Object.keys(entriesOf(name)) }),
    DescribeAccessEntry: ({ name, principalArn }) => {
      const entry = entriesOf(name)[String(principalArn)];
      if (!entry) {
        const message = `The specified principalArn could not be found. ${principalArn}`;
        throw new AwsError(404, 'ResourceNotFoundException', message);
      }
      const { user: username, groups: kubernetesGroups } = entry;
      const type = kubernetesGroups.includes('system:nodes') ? 'EC2_LINUX' : 'STANDARD';
      return { accessEntry: { clusterName: name, principalArn, username, kubernetesGroups, type } };
    },
  };

  return {
    read: readPath,
    answer: ({ name, input }) => jsonAnswer(200, operations[name]?.(input)),
    refuse: eksRefusal,
  };
}

function readPath({ method, url }: { method: string; url: URL }): Operation {
  const [, root, name, entries, principalArn, ...more] = url.pathname.split('/').map(decodeURIComponent);
  if (method === 'GET' && root === 'clusters' && name && more.length === 0) {
    if (entries === undefined) return { name: 'DescribeCluster', input: { name } };
    if (entries === 'access-entries') {
      if (principalArn) return { name: 'DescribeAccessEntry', input: { name, principalArn } };
      return { name: 'ListAccessEntries', input: { name } };
    }
  }
  throw new AwsError(404, 'UnknownOperationException', `${method} ${url.pathname}`);
}

function describe(cluster: SandboxCluster): object {
  const { name, status, endpoint, caData, vpcId, authenticationMode = 'API_AND_CONFIG_MAP', logTypes = [] } = cluster;
  const certificateAuthority = caData === undefined ? {} : { data: caData };
  const resourcesVpcConfig = { vpcId };
  const setups = [true, false].map((enabled) => ({
    types: allLogTypes.filter((type) => logTypes.includes(type) === enabled),
    enabled,
  }));
  const logging = { clusterLogging: setups.filter(({ types }) => types.length > 0) };
  const accessConfig = { authenticationMode };
  return { name, status, endpoint, certificateAuthority, resourcesVpcConfig, accessConfig, logging };
}

export function eksRefusal({ status, code, message }: AwsError): WireAnswer {
  return jsonAnswer(status, { message }, { 'x-amzn-errortype': code });
}
