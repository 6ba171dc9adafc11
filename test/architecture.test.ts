import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { violationsOf } from './architecture/rules.ts';

const root = new URL('..', import.meta.url).pathname;
const files = globSync('{*.ts,{cli,functions,infra,sandbox,shared,test}/**/*.ts}', { cwd: root });

test('no file imports what its layer may not, and the core is pure', () => {
  expect(files).toContain('shared/ports.ts');
  expect(files.flatMap((path) => violationsOf(path, readFileSync(`${root}/${path}`, 'utf8')))).toEqual([]);
});

test.each([
  [
    'shared/lifecycle/a.ts',
    `import type { B } from '../audit/b.ts'; new Date(0).toISOString(); ({ process: 1 }).process`,
  ],
  ['shared/drain/a.ts', `import type { Clock } from '../ports.ts'; import { b } from '../lifecycle/b.ts';`],
  ['shared/launch/a.ts', `import { follow } from '../drain/follow.ts'; import type { Clock } from '../ports.ts';`],
  ['shared/adapters/a.ts', `import { EC2Client } from '@aws-sdk/client-ec2'; setTimeout(() => {}, 1);`],
  ['functions/launch/handler.ts', `import { EC2Client } from '@aws-sdk/client-ec2'; import './deep/c.ts';`],
  ['infra/a.ts', `import { policy } from '../shared/settings/terminate.ts'; import { App } from 'aws-cdk-lib/core';`],
  ['sandbox/a.ts', `import { handler } from '../functions/intake/handler.ts';`],
  ['test/a.test.ts', `import { handler } from '../functions/intake/handler.ts';`],
])('%s may %s', (path, source) => {
  expect(violationsOf(path, source)).toEqual([]);
});

test.each([
  ['shared/lifecycle/a.ts', `import type { Clock } from '../ports.ts';`, 'imports ../ports.ts'],
  ['shared/audit/a.ts', `export type { B } from '../adapters/b.ts';`, 'imports ../adapters/b.ts'],
  ['shared/lifecycle/a.ts', `let b: import('../drain/b.ts').B;`, 'imports ../drain/b.ts'],
  ['shared/lifecycle/a.ts', `await import('node:fs');`, 'imports node:fs'],
  ['shared/log-insights/a.ts', `import * as z from 'zod';`, 'imports zod'],
  ['shared/lifecycle/a.ts', 'const at = new Date();', 'uses new Date()'],
  ['shared/lifecycle/a.ts', 'const at = Date.now();', 'uses Date.now'],
  ['shared/lifecycle/a.ts', 'export const region = process.env.AWS_REGION;', 'uses process'],
  ['shared/lifecycle/a.ts', 'setTimeout(() => {}, 1);', 'uses setTimeout'],
  ['shared/audit/a.ts', `console.log('x');`, 'uses console'],
  ['shared/drain/a.ts', `import type { Node } from '@kubernetes/client-node';`, 'imports @kubernetes/client-node'],
  ['shared/drain/a.ts', `import { b } from '../adapters/b.ts';`, 'imports ../adapters/b.ts'],
  ['shared/launch/a.ts', `import { b } from '../drain/mark-node.ts';`, 'imports ../drain/mark-node.ts'],
  ['shared/adapters/a.ts', `import { b } from '../../functions/intake/b.ts';`, 'imports ../../functions/intake/b.ts'],
  ['functions/launch/a.ts', `import { b } from '../intake/b.ts';`, 'imports ../intake/b.ts'],
  ['functions/launch/a.ts', `import { EC2Client } from '@aws-sdk/client-ec2';`, 'imports @aws-sdk/client-ec2'],
  ['cli/a.ts', `import { b } from '../functions/intake/b.ts';`, 'imports ../functions/intake/b.ts'],
  ['infra/a.ts', `import { b } from '../shared/adapters/b.ts';`, 'imports ../shared/adapters/b.ts'],
  ['sandbox/a.ts', `import { b } from '../test/b.ts';`, 'imports ../test/b.ts'],
])('%s may not %s', (path, source, violation) => {
  expect(violationsOf(path, source)).toEqual([`${path} ${violation}`]);
});

test('a file in a folder that no rule knows is a violation', () => {
  expect(violationsOf('lib/a.ts', '')).toEqual(['lib/a.ts belongs to no layer']);
});
