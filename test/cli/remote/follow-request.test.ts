import { expect, expectTypeOf, test } from 'vitest';
import { type AskFunction, RefusedError } from '../../../cli/remote/ask-function.ts';
import { followRequest } from '../../../cli/remote/follow-request.ts';
import type { RemoteAnswers } from '../../../cli/remote/remote-answer.ts';
import type { PlanAnswer, StartAnswer, StatusAnswer, StopAnswer } from '../../../functions/drain/answer.ts';
import type { DrainStatus } from '../../../shared/manual/drain-status.ts';
import type { RequestOf } from '../../../shared/settings/manual-request.ts';

const signal = new AbortController().signal;

const statusOf = (node: string, changes: Partial<DrainStatus>): DrainStatus => ({
  ...{ version: 1, node, phase: 'ended', byHand: true, cordoned: true, blocked: [] },
  pods: { evictable: 0, staying: 0, terminating: 0, gone: 0 },
  ...changes,
});

/** A request that is over at the first look, and what is found on one node then; undefined: it is gone. */
const asks = (before: DrainStatus[], now: DrainStatus | undefined, status: 'SUCCEEDED' | 'FAILED' = 'SUCCEEDED') =>
  (async ({ requestId }: RequestOf<'status'>) => {
    if (requestId !== undefined)
      return { nodes: before, notShown: 0, requests: [{ requestId, execution: { arn: 'arn', status } }] };
    if (now) return { nodes: [now], notShown: 0, requests: [] };
    throw new RefusedError({ error: { code: 'no-node', message: 'there is no node', next: '' } }, '');
  }) as AskFunction;

test.each<[string, DrainStatus[], DrainStatus | undefined, string]>([
  ['its mark says so', [], statusOf('n1', { ended: 'drained' }), 'drained'],
  ['its mark tells of its deadline', [], statusOf('n1', { ended: 'deadline' }), 'failed'],
  ['the node is gone', [], undefined, 'drained'],
  [
    'it has given back a node that it had begun with',
    [statusOf('n1', { phase: 'stopping' })],
    statusOf('n1', { phase: 'none' }),
    'stopped',
  ],
  [
    'it has given back a node that was waiting',
    [statusOf('n1', { phase: 'queued' })],
    statusOf('n1', { phase: 'none' }),
    'not-begun',
  ],
  ['it has left a node as it was draining', [], statusOf('n1', { phase: 'silent' }), 'failed'],
])('when a request is over and %s, that is its outcome', async (_title, before, now, outcome) => {
  const request = { requestId: 'r1', cluster: 'demo', nodes: ['n1'] };
  const { outcomes } = await followRequest(asks(before, now), request, signal);
  expect(outcomes).toMatchObject([{ node: 'n1', outcome }]);
});

test('the nodes of a request that somebody else has started are those that are seen', async () => {
  const seen = statusOf('n2', { ended: 'drained' });
  const request = { requestId: 'r1', cluster: 'demo', nodes: undefined };
  expect(await followRequest(asks([seen], seen, 'FAILED'), request, signal)).toMatchObject({
    status: 'FAILED',
    outcomes: [{ node: 'n2', outcome: 'drained' }],
  });
});

test('the function answers what we read', () => {
  type Answers = { plan: PlanAnswer; start: StartAnswer; status: StatusAnswer; stop: StopAnswer };
  expectTypeOf<Answers>().toExtend<RemoteAnswers>();
});
