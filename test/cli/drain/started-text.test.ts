import { expect, test } from 'vitest';
import { outcomesText } from '../../../cli/drain/started-text.ts';
import type { EndReason } from '../../../shared/lifecycle/end.ts';
import { outcomeOf } from '../../../shared/manual/outcome.ts';

const ended = (node: string, reason: EndReason) =>
  outcomeOf(node, { reason, completion: null, text: 'so it is', alarm: false }, null);

test('a node that stays cordoned after its deadline has the commands that go on and that take it back', () => {
  expect(outcomesText([ended('n1', 'drained'), ended('n2', 'deadline')]).split('\n')).toEqual([
    'n1  drained    so it is',
    'n2  failed     deadline: so it is',
    'n2 stays cordoned: enl drain start goes on, enl drain stop takes our marks back.',
  ]);
});

test('what is drained, or was taken back, needs no next step', () => {
  expect(outcomesText([ended('n1', 'drained'), ended('n2', 'aborted')]).split('\n')).toHaveLength(2);
});
