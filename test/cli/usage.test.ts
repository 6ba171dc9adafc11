import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { createProgram } from '../../cli/program.ts';

/** Instead of ending the process. */
function throwing(command: Command, writeErr: (text: string) => void = () => {}): void {
  command.exitOverride().configureOutput({ writeErr });
  for (const each of command.commands) throwing(each, writeErr);
}

test.each([
  [
    'a surge and none',
    'roll --asg a --surge 2 --no-surge',
    "'--no-surge' cannot be used with option '--surge <nodes>'",
  ],
  ['none and a surge', 'roll --asg a --no-surge --surge 2', 'it cannot be used with --no-surge'],
  ['a higher maximum for no surge', 'roll --asg a --no-surge --raise-max', '--raise-max is about the surge'],
  [
    'a roll of some pods only',
    'roll --asg a --pod-selector app=web',
    '--pod-selector would end the pods that it leaves',
  ],
  ['a node in the place of how to run dry', 'drain start --dry-run n1', 'write --dry-run=server or --dry-run=client'],
  ['a function that is not asked', 'drain plan --function f n1', "'--function' is about --remote"],
  ['a stack that is not asked', 'drain status --stack s', "'--stack' is about --remote"],
  ['a network for a drain here', 'drain start --local -c c --network a n1', "'--network' is about --remote"],
])('%s is refused before anything is done', async (_title, line, message) => {
  const program = createProgram({ out: () => {} });
  throwing(program);
  await expect(program.parseAsync(line.split(' '), { from: 'user' })).rejects.toThrow(message);
});

test('a query in the place of what to do with it is told how one is asked', async () => {
  const program = createProgram({ out: () => {} });
  let said = '';
  throwing(program, (text) => {
    said += text;
  });
  await expect(program.parseAsync(['query', 'cordon'], { from: 'user' })).rejects.toThrow("unknown command 'cordon'");
  expect(said).toContain('enl query run NAME');
});
