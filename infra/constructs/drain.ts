import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type TerminateSettings, terminateEnvironment } from '../../shared/settings/terminate.ts';
import { terminatePolicy } from '../policies/terminate-policy.ts';
import { LifecycleFunction } from './lifecycle-function.ts';
import { LifecycleMachine } from './lifecycle-machine.ts';

export interface DrainProps {
  settings: Omit<TerminateSettings, 'reportBucket' | 'reportFolder'>;
  reports: Bucket;
  code?: Code | undefined;
}

/** The drain of one node: its tick, and the machine that repeats it. */
export class Drain extends Construct {
  readonly tick: LifecycleFunction;
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { settings, reports, code }: DrainProps) {
    super(scope, id);
    this.tick = new LifecycleFunction(this, 'Tick', {
      folder: 'terminate',
      code,
      environment: terminateEnvironment({ ...settings, reportBucket: reports.bucketName, reportFolder: undefined }),
    });
    for (const statement of terminatePolicy(this, reports, settings)) this.tick.addToRolePolicy(statement);
    this.stateMachine = new LifecycleMachine(this, 'Machine', { tick: this.tick }).stateMachine;
  }
}
