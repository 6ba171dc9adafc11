import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { App, Stack } from 'aws-cdk-lib/core';
import { RequestMachine } from '../infra/constructs/request-machine.ts';
import { definitionText } from './lifecycle-definition.ts';

/** The definition that a deployment gets for drains by hand, as lifecycleDefinition has that of a drain. */
export function requestDefinition(stepsArn: string, drainMachineArn: string): string {
  const outdir = mkdtempSync(join(tmpdir(), 'definition-'));
  const stack = new Stack(new App({ analyticsReporting: false, outdir }), 'Sandbox');
  rmSync(outdir, { recursive: true });
  const steps = LambdaFunction.fromFunctionArn(stack, 'Steps', stepsArn);
  const drainMachine = { stateMachineArn: drainMachineArn, stateMachineName: 'terminate' };
  const machine = new RequestMachine(stack, 'Request', { name: 'request', steps, drainMachine });
  const resource = machine.stateMachine.node.defaultChild as CfnStateMachine;
  return definitionText(stack.resolve(resource.definitionString), stepsArn);
}
