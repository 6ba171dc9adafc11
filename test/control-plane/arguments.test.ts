import { expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

const nothing = { help: false, check: false, keep: false, options: [], filters: [], narrowed: false };

it.each([
  [[], {}],
  [['--', '--check'], { check: true }],
  [['--help', '--keep'], { help: true, keep: true }],
  [['--reporter=json', '--outputFile.json=a.json'], { options: ['--reporter=json', '--outputFile.json=a.json'] }],
  [['test/contract'], { filters: ['test/contract'], narrowed: true }],
  [['-t=T41'], { options: ['-t=T41'], narrowed: true }],
  [['--shard=1/2'], { options: ['--shard=1/2'], narrowed: true }],
  [['--testTimeout=1'], { options: ['--testTimeout=1'] }],
])('the words %j are read', (words, expected) => {
  expect(parseArguments(words)).toEqual({ ...nothing, ...expected });
});
