import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';

/** Starts executions of these machines and looks whether one of a name runs already. */
export function intakePolicy(machines: readonly StateMachine[]): PolicyStatement[] {
  const executions = machines.map((machine) =>
    Stack.of(machine).formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: `${machine.stateMachineName}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
  );
  const resources = machines.map(({ stateMachineArn }) => stateMachineArn);
  return [
    new PolicyStatement({ actions: ['states:StartExecution'], resources }),
    new PolicyStatement({ actions: ['states:DescribeExecution'], resources: executions }),
  ];
}
