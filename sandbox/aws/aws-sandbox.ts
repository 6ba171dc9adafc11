import type { Clock } from '../../shared/ports.ts';
import { createFaults, type Faults } from '../faults.ts';
import type { SandboxCluster } from './eks-service.ts';
import { createIdentities, type Identities } from './identities.ts';
import { createScalingGroups, type ScalingGroups } from './scaling-groups.ts';

/** One request that arrived, whatever became of it. */
export interface AwsCall {
  /** As in a signature's scope: `autoscaling`, `ec2`, `eks`, `states`, `sts`. */
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
  clusters: Map<string, SandboxCluster>;
  identities: Identities;
  faults: Faults;
  calls: AwsCall[];
}

export function createAwsSandbox({ clock }: { clock: Clock }): AwsSandbox {
  const account = '123456789012';
  return {
    account,
    region: 'eu-west-1',
    clock,
    scaling: createScalingGroups({ clock, account }),
    clusters: new Map(),
    identities: createIdentities({ account, partition: 'aws' }),
    faults: createFaults(),
    calls: [],
  };
}
