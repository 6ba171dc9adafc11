import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';

/** None of them takes a resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html */
const lookups = ['autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeAutoScalingInstances'];

/** Starts executions of these machines and looks whether one of a name runs already; `aboutGroups`: asks which cluster an instance is of. */
export function intakePolicy(
  machines: readonly StateMachine[],
  { aboutGroups }: { aboutGroups: boolean },
): PolicyStatement[] {
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
    ...(aboutGroups ? [new PolicyStatement({ actions: lookups, resources: ['*'] })] : []),
  ];
}
