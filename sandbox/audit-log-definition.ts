import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { App, Stack } from 'aws-cdk-lib/core';
import { AuditLogMachine } from '../infra/constructs/audit-log-machine.ts';
import { definitionText } from './lifecycle-definition.ts';

/** The definition that a deployment gets for queries of logs, as lifecycleDefinition has that of a drain. */
export function auditLogDefinition(tickArn: string): string {
  const outdir = mkdtempSync(join(tmpdir(), 'definition-'));
  const stack = new Stack(new App({ analyticsReporting: false, outdir }), 'Sandbox');
  rmSync(outdir, { recursive: true });
  const tick = LambdaFunction.fromFunctionArn(stack, 'Tick', tickArn);
  const machine = new AuditLogMachine(stack, 'AuditLog', { tick });
  const resource = machine.stateMachine.node.defaultChild as CfnStateMachine;
  return definitionText(stack.resolve(resource.definitionString), tickArn);
}
