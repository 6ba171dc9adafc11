import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { type LaunchFunctionSettings, launchEnvironment } from '../../shared/settings/launch.ts';
import { launchPolicy } from '../policies/launch-policy.ts';
import { LifecycleFunction } from './lifecycle-function.ts';
import { LifecycleMachine } from './lifecycle-machine.ts';
import type { TickNetwork } from './tick-network.ts';

export interface LaunchProps {
  settings: LaunchFunctionSettings;
  network?: TickNetwork | undefined;
  /** Ticks at the same time, kept free for them; undefined: as many as the account has to spare. */
  reservedConcurrency?: number | undefined;
  code?: Code | undefined;
}

/**
 * The launch of one node: its tick, and the machine that repeats it. An identity of its own, since it sets labels and taints, which no drain
 * may, and evicts nothing. When its ticks fail for good the machine lets the instance into service: nobody's bug must stop a scale-out.
 */
export class Launch extends Construct {
  readonly tick: LifecycleFunction;
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { settings, network, reservedConcurrency, code }: LaunchProps) {
    super(scope, id);
    this.tick = new LifecycleFunction(this, 'Tick', {
      folder: 'launch',
      description: 'One look at a node that comes up, and what follows from it',
      code,
      network,
      ...(reservedConcurrency !== undefined && { reservedConcurrentExecutions: reservedConcurrency }),
      environment: launchEnvironment(settings),
    });
    for (const statement of launchPolicy(this)) this.tick.addToRolePolicy(statement);
    this.stateMachine = new LifecycleMachine(this, 'Machine', { tick: this.tick }).stateMachine;
  }
}
