import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { machineDefaults } from './machine-defaults.ts';
import { defineRequest, type RequestWork } from './request-definition.ts';

export interface RequestMachineProps extends Pick<RequestWork, 'steps'> {
  /** Known before the machine is: its function starts it. */
  name: string;
  drainMachine: { stateMachineArn: string; stateMachineName: string };
}

/**
 * The state machine of a drain that somebody asked for: from node to node, each drained by an execution of the machine of drains. Every drain
 * has an end, and so has this: 300 nodes of twelve hours are less than the year that an execution may last.
 */
export class RequestMachine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { name, steps, drainMachine }: RequestMachineProps) {
    super(scope, id);
    const work = { steps, drainMachineArn: drainMachine.stateMachineArn };
    this.stateMachine = new StateMachine(this, 'Machine', {
      stateMachineName: name,
      ...machineDefaults(this),
      definitionBody: DefinitionBody.fromChainable(defineRequest(this, work)),
    });
    for (const statement of this.mayDrain(drainMachine)) this.stateMachine.addToRolePolicy(statement);
  }

  /**
   * To start drains and to wait for them. Not to stop them, which Step Functions would do when a request is stopped half-way: a drain under way
   * comes to its end. https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
   */
  private mayDrain({ stateMachineArn, stateMachineName }: RequestMachineProps['drainMachine']): PolicyStatement[] {
    const stack = Stack.of(this);
    const execution = stack.formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: `${stateMachineName}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const rule = 'StepFunctionsGetEventsForStepFunctionsExecutionRule';
    return [
      new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachineArn] }),
      new PolicyStatement({ actions: ['states:DescribeExecution'], resources: [execution] }),
      new PolicyStatement({
        actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
        resources: [stack.formatArn({ service: 'events', resource: 'rule', resourceName: rule })],
      }),
    ];
  }
}
