import type { Clock } from '../../shared/ports.ts';
import { createFaults, type Faults } from '../faults.ts';
import type { InstanceDetails } from './ec2-service.ts';
import type { SandboxCluster } from './eks-service.ts';

import { createIdentities, type Identities } from './identities.ts';
import { createLoadBalancing, type LoadBalancing } from './load-balancing.ts';
import { createLogsInsights, type LogsInsights } from './logs-insights.ts';
import { createScalingGroups, type ScalingGroups } from './scaling-groups.ts';

/** One request that arrived, whatever became of it. */
export interface AwsCall {
  /** As in a signature's scope: `autoscaling`, `cloudformation`, `ec2`, `eks`, `elasticloadbalancing`, `iam`, `lambda`, `logs`, `states`, `sts`. */
  service: string;
  operation: string;
  input: Record<string, unknown>;
  /** Epoch milliseconds of the sandbox's clock. */
  at: number;
}

/** An account in one region: its state and what was asked of it. */
export interface AwsSandbox {
  account: string;
  region: string;
  clock: Clock;
  scaling: ScalingGroups;
  balancing: LoadBalancing;
  clusters: Map<string, SandboxCluster>;
  logs: LogsInsights;
  /** What EC2 tells of an instance beside its state. */
  instances: Map<string, InstanceDetails>;
  /** Roles by the name of the instance profile. */
  instanceProfiles: Map<string, { arn: string; roleArns: string[] }>;
  /** Outputs of CloudFormation stacks by the stack's name. */
  stacks: Map<string, Readonly<Record<string, string>>>;
  identities: Identities;
  faults: Faults;
  calls: AwsCall[];
}

export function createAwsSandbox({ clock }: { clock: Clock }): AwsSandbox {
  const account = '123456789012';
  const region = 'eu-west-1';
  return {
    account,
    region,
    clock,
    scaling: createScalingGroups({ clock, account }),
    balancing: createLoadBalancing({ clock, account, region }),
    clusters: new Map(),
    logs: createLogsInsights({ clock }),
    instances: new Map(),
    instanceProfiles: new Map(),
    stacks: new Map(),
    identities: createIdentities({ account, partition: 'aws' }),
    faults: createFaults(),
    calls: [],
  };
}
