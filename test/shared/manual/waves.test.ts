import { expect, it } from 'vitest';
import { atOnce, wavesOf } from '../../../shared/manual/waves.ts';

it.each([
  [1, 10, 1],
  [3, 10, 3],
  [20, 10, 10],
  ['25%', 10, 2],
  ['5%', 10, 1],
  ['100%', 7, 7],
] as const)('%s of %s nodes are %s at once', (maxUnavailable, nodes, most) => {
  expect(atOnce(maxUnavailable, nodes)).toBe(most);
});

it('nodes of one zone go together, in the order of their names, and those without a zone first', () => {
  const node = (name: string, zone?: string) => ({ name, instanceId: name, zone });
  expect(wavesOf([node('d', 'b'), node('c', 'a'), node('b', 'b'), node('a')])).toEqual([
    { zone: undefined, nodes: [node('a')] },
    { zone: 'a', nodes: [node('c', 'a')] },
    { zone: 'b', nodes: [node('b', 'b'), node('d', 'b')] },
  ]);
});
