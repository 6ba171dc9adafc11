import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { App, Stack } from 'aws-cdk-lib/core';
import { LifecycleMachine } from '../infra/constructs/lifecycle-machine.ts';

/**
 * The definition that a deployment gets, for the engine of the sandbox. Only the machine is built, around the ARN of a
 * function, and it is resolved without a synthesis: a third of a second instead of several. That spares a committed copy,
 * which could go stale; a test holds it equal to the one in the stack's template.
 */
export function lifecycleDefinition(tickArn: string): string {
  const outdir = mkdtempSync(join(tmpdir(), 'definition-'));
  const stack = new Stack(new App({ analyticsReporting: false, outdir }), 'Sandbox');
  rmSync(outdir, { recursive: true });
  const tick = LambdaFunction.fromFunctionArn(stack, 'Tick', tickArn);
  const machine = new LifecycleMachine(stack, 'Lifecycle', { tick });
  const resource = machine.stateMachine.node.defaultChild as CfnStateMachine;
  return definitionText(stack.resolve(resource.definitionString), tickArn);
}

/** A DefinitionString of a template as plain text: the partition is `aws`, any other reference is the tick's function. */
export function definitionText(definition: unknown, tickArn: string): string {
  if (typeof definition === 'string') return definition;
  const parts = (definition as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
  return parts.map((part) => (typeof part === 'string' ? part : resolveReference(part, tickArn))).join('');
}

function resolveReference(reference: unknown, tickArn: string): string {
  return (reference as { Ref?: string }).Ref === 'AWS::Partition' ? 'aws' : tickArn;
}
