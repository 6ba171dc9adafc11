import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type TerminateSettings, terminateEnvironment } from '../../shared/settings/terminate.ts';
import { terminatePolicy } from '../policies/terminate-policy.ts';
import { LifecycleFunction } from './lifecycle-function.ts';
import { LifecycleMachine } from './lifecycle-machine.ts';
import type { TickNetwork } from './tick-network.ts';

export interface DrainProps {
  settings: Omit<TerminateSettings, 'reportBucket' | 'reportFolder'>;
  reports: IBucket;
  network?: TickNetwork | undefined;
  /** Ticks at the same time, kept free for them; undefined: as many as the account has to spare. */
  reservedConcurrency?: number | undefined;
  code?: Code | undefined;
}

/** The drain of one node: its tick, and the machine that repeats it. */
export class Drain extends Construct {
  readonly tick: LifecycleFunction;
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { settings, reports, network, reservedConcurrency, code }: DrainProps) {
    super(scope, id);
    this.tick = new LifecycleFunction(this, 'Tick', {
      folder: 'terminate',
      description: 'One look at a node that is drained, and what follows from it',
      code,
      network,
      ...(reservedConcurrency !== undefined && { reservedConcurrentExecutions: reservedConcurrency }),
      environment: terminateEnvironment({ ...settings, reportBucket: reports.bucketName, reportFolder: undefined }),
    });
    for (const statement of terminatePolicy(this, reports, settings)) this.tick.addToRolePolicy(statement);
    this.stateMachine = new LifecycleMachine(this, 'Machine', { tick: this.tick }).stateMachine;
  }
}
