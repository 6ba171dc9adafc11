import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { App, type Environment } from 'aws-cdk-lib/core';
import { NodeLifecycleStack } from '../../infra/node-lifecycle-stack.ts';
import { type SettingsInput, settingsSchema } from '../../infra/settings/schema.ts';
import { definitionText } from '../../sandbox/lifecycle-definition.ts';

export const TICK_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:tick';

/** In place of bundles. */
export const inlineCode = () => Code.fromInline('exports.handler = async () => {};');

/** The stack's template for these settings, without bundling the functions. */
export function synthesize(settings: SettingsInput = {}, env?: Environment): Template {
  const outdir = mkdtempSync(join(tmpdir(), 'synthesize-'));
  try {
    const app = new App({ analyticsReporting: false, outdir });
    return Template.fromStack(
      new NodeLifecycleStack(app, 'Stack', {
        codeOf: inlineCode,
        settings: settingsSchema.parse(settings),
        ...(env && { env }),
      }),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The state machines' definitions, their references filled in. */
export function definitionsOf(template: Template): string[] {
  const machines = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  return machines.map(({ Properties }) => definitionText(Properties.DefinitionString, TICK_ARN));
}

export interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: unknown;
}

/** The statements of every policy of the role of this function or machine, in words. */
export function statementsOf(template: Template, role: string): Statement[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  const its = policies.filter(({ Properties }) => (inWords(Properties.Roles) as string[]).includes(`<${role}Role>`));
  return its.flatMap(({ Properties }) => inWords(Properties.PolicyDocument.Statement) as Statement[]);
}

/** A template's value with each reference as `<what it names>`, without the hash that CDK adds. */
export function inWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inWords);
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::Select': select } = value as Record<string, never>;
  if (Ref) return `<${named(Ref)}>`;
  if (attribute) return `<${named(attribute[0])}.${attribute[1]}>`;
  if (join) return (inWords(join[1]) as string[]).join(join[0]);
  if (select) return `<${select[0]} of ${JSON.stringify(inWords(select[1]))}>`;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inWords(part)]));
}

const named = (logicalId: string) => logicalId.replace(/[0-9A-F]{8}$/, '').replace(/^Lifecycle/, '');
