import { App } from 'aws-cdk-lib/core';
import { NodeLifecycleStack } from './node-lifecycle-stack.ts';

new NodeLifecycleStack(new App(), 'NodeLifecycle');
