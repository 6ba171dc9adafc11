import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { App } from 'aws-cdk-lib/core';
import { NodeLifecycleStack, type NodeLifecycleStackProps } from '../../infra/node-lifecycle-stack.ts';
import { definitionText } from '../../sandbox/lifecycle-definition.ts';

export const TICK_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:tick';

/** The stack's template without bundling the functions. */
export function synthesize(props: NodeLifecycleStackProps = {}): Template {
  const app = new App({ analyticsReporting: false });
  const codeOf = () => Code.fromInline('exports.handler = async () => {};');
  return Template.fromStack(new NodeLifecycleStack(app, 'Stack', { codeOf, ...props }));
}

/** The one state machine's definition, its references filled in. */
export function definitionOf(template: Template): string {
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  return definitionText(machine?.Properties.DefinitionString, TICK_ARN);
}

/** The statements of every policy of the role whose logical id holds the text. */
export function statementsOf(template: Template, role: string): Record<string, unknown>[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  const its = policies.filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(role));
  return its.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}
