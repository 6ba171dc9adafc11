import { expect, it } from 'vitest';
import { causeGroups } from '../../../shared/report-page/cause-groups.ts';
import { at, exampleDrain, examplePod } from './example-drain.ts';

it('tells what held pods once for all of them, what held most pods first', () => {
  const cause = (text: string, first: number, last: number, times: number) => [
    { code: 'budget', text, firstAt: at(first), lastAt: at(last), times },
  ];
  const pods = [
    examplePod({ name: 'one', causes: cause('alone', 1, 1, 1) }),
    examplePod({ name: 'two', causes: cause('shared', 3, 4, 2) }),
    examplePod({ name: 'three', causes: cause('shared', 2, 9, 5) }),
  ];
  expect(causeGroups(exampleDrain({ pods }))).toEqual([
    { code: 'budget', text: 'shared', pods: ['shop/two', 'shop/three'], times: 7, first: 2, last: 9 },
    { code: 'budget', text: 'alone', pods: ['shop/one'], times: 1, first: 1, last: 1 },
  ]);
});
