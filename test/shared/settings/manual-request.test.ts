import { expect, it } from 'vitest';
import { askedOptions, readRequest } from '../../../functions/drain/read-request.ts';
import type { ManualRequest } from '../../../shared/settings/manual-request.ts';

const plan = { action: 'plan', cluster: 'demo', target: { node: 'n' } };
const start = { ...plan, action: 'start' };
const problemsOf = (event: unknown) => {
  const read = readRequest(event);
  return 'problems' in read ? read.problems.map(({ path, message }) => `${path}: ${message}`) : [];
};

it.each([
  ['a node', plan],
  ['an instance', { ...plan, target: { instance: 'i-0a1b2c3d' } }],
  ['several nodes', { ...plan, target: { nodes: ['a', 'b'] } }],
  ['labels', { ...plan, target: { selector: 'pool=blue,!old' } }],
  ['a number of nodes', { ...start, maxUnavailable: 3 }],
  ['a part of the nodes', { ...start, maxUnavailable: '100%' }],
  ['the end of the instances', { ...start, terminate: true, decrement: false }],
  ['half a day', { ...start, timeoutSeconds: 43_200 }],
  ['all that is marked', { action: 'status', cluster: 'demo' }],
  ['a request to stop', { action: 'stop', cluster: 'demo', requestId: 'change-1', hook: 'complete' }],
])('takes %s', (_, event) => {
  expect(problemsOf(event)).toEqual([]);
});

const someNodes = 'maxUnavailable: expected a whole number from 1, or a percentage as "25%"';
const oneTarget = 'target: expected one of node, nodes, instance, selector, asg';

it.each([
  ['nothing', undefined, [': is missing']],
  ['a list', [], [': expected an object']],
  ['no cluster', { action: 'status' }, ['cluster: is missing']],
  ['an empty target', { ...plan, target: {} }, [oneTarget]],
  ['two targets', { ...plan, target: { node: 'a', asg: 'b' } }, [oneTarget]],
  ['a target without a name', { ...plan, target: { node: '' } }, ['target.node: is empty']],
  ['no names', { ...plan, target: { nodes: [] } }, ['target.nodes: names none']],
  [
    'a name for an instance',
    { ...plan, target: { instance: 'n' } },
    ['target.instance: expected the id of an instance, i-…'],
  ],
  ['no nodes at once', { ...plan, maxUnavailable: 0 }, [someNodes]],
  ['half a node', { ...plan, maxUnavailable: 1.5 }, [someNodes]],
  ['more than all', { ...plan, maxUnavailable: '101%' }, [someNodes]],
  ['none of them', { ...plan, maxUnavailable: true }, [someNodes]],
  ['words for a flag', { ...start, force: 'true' }, ['force: expected true or false']],
  ['a start’s options in a plan', { ...plan, terminate: true }, ['terminate: is not known']],
  ['an unknown option deep inside', { ...plan, target: { node: 'a', zone: 'b' } }, ['target.zone: is not known']],
  [
    'the end of a node that is drained of some pods only',
    { ...start, terminate: true, podSelector: 'app=web' },
    ['podSelector: not with "terminate": true, which would end the pods that were not selected with their node'],
  ],
  ['a decrement of nothing', { ...start, decrement: true }, ['decrement: only with "terminate": true']],
  [
    'a name that no execution may have',
    { ...start, requestId: 'a b' },
    ['requestId: expected up to 32 letters, digits and hyphens'],
  ],
  [
    'a target and a request',
    { action: 'stop', cluster: 'demo', target: { node: 'a' }, requestId: 'b' },
    ['target: expected either target or requestId'],
  ],
  ['an unknown deadline', { ...start, onDeadline: 'abandon' }, ['onDeadline: expected one of stop, force']],
])('refuses %s', (_, event, problems) => {
  expect(problemsOf(event).sort()).toEqual([...problems].sort());
});

it('says why a remote drain has an end', () => {
  for (const timeoutSeconds of [0, 43_201]) {
    expect(problemsOf({ ...start, timeoutSeconds })).toEqual([
      expect.stringMatching(
        /^timeoutSeconds: expected 1 to 43200: an execution of Step Functions remembers 25,000 events/,
      ),
    ]);
  }
});

it('hands on what is asked of each drain, and nothing else', () => {
  const asked = { ...start, force: true, podSelector: 'app=web', requestedBy: 'ana', terminate: true } as ManualRequest;
  expect(askedOptions(asked, { deadlineSeconds: 600 })).toEqual({
    timeoutSeconds: 600,
    force: true,
    podSelector: { matchLabels: {}, matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] },
  });
});
