import type { Code } from 'aws-cdk-lib/aws-lambda';
import { App, type AppProps, DefaultStackSynthesizer, type IStackSynthesizer } from 'aws-cdk-lib/core';
import { NodeLifecycleStack } from './node-lifecycle-stack.ts';
import type { Settings } from './settings/schema.ts';

/** The stack of these settings, ready to be synthesized; `codeOf` takes the place of bundling. */
export function buildApp(
  settings: Settings,
  { codeOf, ...props }: AppProps & { codeOf?: (folder: string) => Code } = {},
): { app: App; stack: NodeLifecycleStack } {
  const app = new App({ analyticsReporting: false, ...props });
  const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer;
  return { app, stack: new NodeLifecycleStack(app, settings.stackName, { settings, codeOf, synthesizer }) };
}
