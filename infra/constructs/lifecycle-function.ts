import {
  Architecture,
  type Code,
  type FunctionProps,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type FunctionFolder, functionLimits } from '../function-limits.ts';
import { functionCode } from './function-code.ts';
import { FunctionRole } from './function-role.ts';
import type { TickNetwork } from './tick-network.ts';

export interface LifecycleFunctionProps extends Pick<FunctionProps, 'onFailure' | 'reservedConcurrentExecutions'> {
  /** Its folder in functions/; its limits go by it. */
  folder: FunctionFolder;
  description: string;
  environment: Record<string, string>;
  /** Instead of bundling the folder. */
  code?: Code | undefined;
  /** Where it runs; outside of any VPC without. */
  network?: TickNetwork | undefined;
}

/** One of the project's functions, with a role that may do no more than write its own log. */
export class LifecycleFunction extends LambdaFunction {
  override readonly role: FunctionRole;

  constructor(scope: Construct, id: string, props: LifecycleFunctionProps) {
    const { folder, code = functionCode(folder), environment, network, ...rest } = props;
    const { timeoutSeconds, memoryMegabytes } = functionLimits[folder];
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const role = new FunctionRole(scope, `${id}Role`, { logGroup, inVpc: network !== undefined });
    super(scope, id, {
      ...rest,
      ...(network && {
        vpc: network.vpc,
        vpcSubnets: { subnets: [...network.subnets] },
        securityGroups: [...network.securityGroups],
      }),
      role,
      code,
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: memoryMegabytes,
      environment: { NODE_OPTIONS: '--enable-source-maps', ...environment },
      logGroup,
    });
    this.role = role;
  }
}
