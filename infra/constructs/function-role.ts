import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

export interface FunctionRoleProps {
  logGroup: LogGroup;
  inVpc: boolean;
}

/** What Lambda does with a function's role to keep it in a VPC. */
const interfaceActions = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/** May write one log, and no other, unlike AWS's own policy for functions; in a VPC, Lambda may keep its network interfaces there. */
export class FunctionRole extends Role {
  constructor(scope: Construct, id: string, { logGroup, inVpc }: FunctionRoleProps) {
    super(scope, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    if (!inVpc) return;
    // Of interfaces that are not there yet, in whatever subnet: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
    this.addToPolicy(new PolicyStatement({ actions: interfaceActions, resources: ['*'] }));
    // Those are for Lambda. What the function's own code calls carries the ARN of the function.
    this.addToPolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: interfaceActions,
        resources: ['*'],
        conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
      }),
    );
  }
}
