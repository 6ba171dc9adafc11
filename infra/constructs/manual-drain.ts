import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ArnFormat, Names, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type ManualSettings, manualEnvironment } from '../../shared/settings/manual.ts';
import { manualPolicy } from '../policies/manual-policy.ts';
import { LifecycleFunction } from './lifecycle-function.ts';
import { RequestMachine } from './request-machine.ts';
import type { TickNetwork } from './tick-network.ts';

export interface ManualDrainProps {
  settings: Pick<ManualSettings, 'logLevel' | 'policy'>;
  /** What drains one node. */
  drainMachine: StateMachine;
  reports: IBucket;
  network?: TickNetwork | undefined;
  code?: Code | undefined;
}

/**
 * Drains that somebody asks for: a function that plans, starts, tells and stops, and the machine that goes from node to node. An identity of its
 * own: it reads more of a cluster than a drain does, and may end instances.
 */
export class ManualDrain extends Construct {
  readonly function: LifecycleFunction;
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { settings, drainMachine, reports, network, code }: ManualDrainProps) {
    super(scope, id);
    // The function starts the machine, which calls the function: one of the two has to be known by its name.
    const name = Names.uniqueResourceName(this, { maxLength: 80, separator: '-' });
    this.function = new LifecycleFunction(this, 'Function', {
      folder: 'drain',
      description: 'Plans, starts, shows and stops drains that somebody asks for',
      code,
      network,
      environment: manualEnvironment({
        ...settings,
        requestMachineArn: Stack.of(this).formatArn({
          service: 'states',
          resource: 'stateMachine',
          resourceName: name,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
        drainMachineArn: drainMachine.stateMachineArn,
        reportBucket: reports.bucketName,
        reportFolder: undefined,
      }),
    });
    const machines = { request: name, drain: drainMachine.stateMachineName };
    for (const statement of manualPolicy(this, reports, machines)) this.function.addToRolePolicy(statement);
    this.stateMachine = new RequestMachine(this, 'Machine', { name, steps: this.function, drainMachine }).stateMachine;
  }
}
