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

export interface LifecycleFunctionProps extends Pick<FunctionProps, 'onFailure'> {
  /** Its folder in functions/; its limits go by it. */
  folder: FunctionFolder;
  environment: Record<string, string>;
  /** Instead of bundling the folder. */
  code?: Code | undefined;
}

/** One of the project's functions. */
export class LifecycleFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, props: LifecycleFunctionProps) {
    const { folder, code = functionCode(folder), environment, ...rest } = props;
    const { timeoutSeconds, memoryMegabytes } = functionLimits[folder];
    super(scope, id, {
      ...rest,
      code,
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: memoryMegabytes,
      environment: { NODE_OPTIONS: '--enable-source-maps', ...environment },
      logGroup: new LogGroup(scope, `${id}Log`, {
        retention: RetentionDays.THREE_MONTHS,
        removalPolicy: RemovalPolicy.RETAIN,
      }),
    });
  }
}
