import { describe, expect, it } from 'vitest';
import type { ApiFailure } from '../../../shared/lifecycle/api-failure.ts';
import {
  afterLook,
  afterReview,
  classifyEviction,
  type EvictionAnswer,
  type EvictionOutcome,
  isRefusal,
  readBudgetHold,
} from '../../../shared/lifecycle/eviction-answer.ts';
import { aPod, failed, now } from './builders.ts';

const exhausted = 'The disruption budget web needs 2 healthy pods and has 2 currently';
const processing = 'The disruption budget web is still being processed by the server.';
const violates = "Cannot evict pod as it would violate the pod's disruption budget.";
const twoBudgets = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
const denied = 'admission webhook "drain.example.com" denied the request: not yet';
const webhookDown = 'Internal error occurred: failed calling webhook "drain.example.com": connection refused';
const byBudget = (message: string) => [{ reason: 'DisruptionBudget', message }];

function say(answer: EvictionAnswer): string {
  if ('review' in answer) return 'ask whether it is allowed';
  return 'look' in answer ? `look, else ${answer.look.kind}` : answer.settled.kind;
}

describe('an answer of the eviction API', () => {
  it('2xx means accepted', () => {
    expect(classifyEviction({ ok: true, value: undefined })).toEqual({ settled: { kind: 'accepted' } });
  });

  it.each<[row: string, said: string, failure: Partial<ApiFailure>]>([
    ['404 (T55)', 'gone', { code: 404, message: 'pods "web-1" not found' }],
    ['409 (T53)', 'look, else conflict', { code: 409, message: 'the UID in the precondition differs' }],
    ['409 about a contended budget (T59)', 'look, else conflict', { code: 409, detailsKind: 'poddisruptionbudgets' }],
    [
      '429, cause DisruptionBudget, no Retry-After (T41)',
      'look, else budget',
      { code: 429, causes: byBudget(exhausted) },
    ],
    [
      '429, cause DisruptionBudget, Retry-After (T43)',
      'look, else budget-not-processed',
      { code: 429, causes: byBudget(processing), retryAfterSeconds: 10 },
    ],
    ['429 without that cause (T62)', 'overload', { code: 429, message: 'too many requests', retryAfterSeconds: 1 }],
    [
      '429 without that cause and without Retry-After',
      'overload',
      { code: 429, causes: [{ reason: 'X', message: '' }] },
    ],
    ['429 with `admission webhook` in the message', 'admission', { code: 429, message: denied }],
    ['500 "more than one PodDisruptionBudget" (T44)', 'two-budgets', { code: 500, message: twoBudgets }],
    [
      '403 with cause NamespaceTerminating (T56)',
      'look, else namespace-terminating',
      { code: 403, causes: [{ reason: 'NamespaceTerminating', message: 'namespace is being terminated' }] },
    ],
    ['403 otherwise (T57)', 'ask whether it is allowed', { code: 403, message: 'forbidden: User "drain" cannot' }],
    [
      '403 with another cause',
      'ask whether it is allowed',
      { code: 403, causes: [{ reason: 'FieldValueInvalid', message: '' }] },
    ],
    ['403 by a webhook', 'admission', { code: 403, message: denied }],
    ['404 by a webhook', 'admission', { code: 404, message: denied }],
    ['409 by a webhook', 'admission', { code: 409, message: denied }],
    ['500 by a webhook', 'admission', { code: 500, message: denied }],
    ['400: a webhook said no', 'admission', { code: 400, message: denied }],
    ['400 of another kind', 'admission', { code: 400, message: 'name in URL does not match name in Eviction object' }],
    ['other 4xx', 'admission', { code: 422, message: 'unprocessable' }],
    ['401 after a fresh token', 'missing-right', { code: 401, message: 'Unauthorized' }],
    ['500 `failed calling webhook`', 'webhook-down', { code: 500, message: webhookDown }],
    ['400 in the words of a webhook that is down', 'admission', { code: 400, message: webhookDown }],
    ['503 in the words of two PDBs', 'trouble', { code: 503, message: twoBudgets }],
    ['other 5xx', 'trouble', { code: 500, message: 'etcdserver: leader changed' }],
    ['504 (T59)', 'trouble', { code: 504, message: 'Timeout', retryAfterSeconds: 10 }],
    ['408', 'trouble', { code: 408, message: 'request timed out' }],
    ['reset, timeout', 'trouble', { code: undefined, message: 'read ECONNRESET' }],
  ])('%s means %s', (_row, said, failure) => {
    expect(say(classifyEviction(failed(failure)))).toBe(said);
  });

  it("keeps a webhook's own words, and the name of one that is down", () => {
    expect(classifyEviction(failed({ code: 400, message: denied }))).toEqual({
      settled: { kind: 'admission', text: denied },
    });
    expect(classifyEviction(failed({ message: webhookDown }))).toEqual({
      settled: { kind: 'webhook-down', text: webhookDown },
    });
  });

  it('says who is strange to the cluster after a 401', () => {
    expect(classifyEviction(failed({ code: 401, message: 'Unauthorized' }))).toEqual({
      settled: { kind: 'missing-right', text: 'the cluster does not know us: Unauthorized' },
    });
  });

  it('names budget, needs and has, and no Retry-After where there was none (T41)', () => {
    expect(classifyEviction(failed({ code: 429, message: violates, causes: byBudget(exhausted) }))).toStrictEqual({
      look: { kind: 'budget', text: exhausted, budget: { name: 'web', needs: 2, has: 2 } },
    });
  });

  it("takes the message where the budget's cause says nothing", () => {
    expect(classifyEviction(failed({ code: 429, message: violates, causes: byBudget('') }))).toEqual({
      look: { kind: 'budget', text: violates, budget: { name: undefined, needs: undefined, has: undefined } },
    });
  });

  it('hands Retry-After on (T43 T62)', () => {
    const processingAnswer = failed({ code: 429, causes: byBudget(processing), retryAfterSeconds: 10 });
    expect(classifyEviction(processingAnswer)).toMatchObject({ look: { retryAfterSeconds: 10 } });
    expect(classifyEviction(failed({ code: 429, retryAfterSeconds: 1 }))).toMatchObject({
      settled: { retryAfterSeconds: 1 },
    });
  });
});

describe('a budget in the words of the server', () => {
  it.each([
    [exhausted, { name: 'web', needs: 2, has: 2 }],
    ['The disruption budget db-12 needs 11 healthy pods and has 12 currently', { name: 'db-12', needs: 11, has: 12 }],
    [processing, { name: 'web', needs: undefined, has: undefined }],
    ['something else', { name: undefined, needs: undefined, has: undefined }],
  ])('%s', (text, hold) => {
    expect(readBudgetHold(text)).toEqual(hold);
  });
});

describe('the look after an answer', () => {
  const pod = aPod();
  const pending = { kind: 'budget', text: exhausted } as const;

  it.each<[string, EvictionOutcome['kind'], Parameters<typeof afterLook>[2]]>([
    ['another UID (T53 T71)', 'gone', { ok: true, value: aPod({ uid: 'uid-of-its-successor' }) }],
    ['another node (T71)', 'gone', { ok: true, value: aPod({ nodeName: 'ip-10-0-2-20.ec2.internal' }) }],
    ['404 (T56)', 'gone', failed({ code: 404 })],
    ['deletionTimestamp (T56)', 'terminating', { ok: true, value: aPod({ deletionAt: now }) }],
    ['the same pod (T53)', 'budget', { ok: true, value: aPod() }],
    ['no answer', 'budget', failed({ code: undefined })],
    ['a refusal', 'budget', failed({ code: 403 })],
  ])('that finds %s means %s', (_found, kind, look) => {
    expect(afterLook(pending, pod, look).kind).toBe(kind);
  });
});

describe('the review after a 403 (T57)', () => {
  it.each<[string, EvictionOutcome, Parameters<typeof afterReview>[1]]>([
    ['allowed → an admission refusal', { kind: 'admission', text: 'no' }, { ok: true, value: true }],
    [
      'not allowed → missing right: report verb and resource',
      { kind: 'missing-right', text: 'no right to create pods/eviction: no' },
      { ok: true, value: false },
    ],
    [
      'no answer → the right may be missing',
      { kind: 'missing-right', text: 'perhaps no right to create pods/eviction: no' },
      failed({ code: 503 }),
    ],
  ])('%s', (_review, outcome, review) => {
    expect(afterReview('no', review)).toEqual(outcome);
  });
});

describe('whether an outcome is a refusal, after which a pod may be deleted', () => {
  it.each([
    ...(['budget', 'budget-not-processed', 'two-budgets', 'namespace-terminating'] as const).map(
      (kind) => [kind, true] as const,
    ),
    ...(['admission', 'webhook-down', 'missing-right'] as const).map((kind) => [kind, true] as const),
    ...(['conflict', 'overload', 'trouble'] as const).map((kind) => [kind, false] as const),
    ...(['accepted', 'gone', 'terminating'] as const).map((kind) => [kind, false] as const),
  ])('%s: %s', (kind, refusal) => {
    const quiet = kind === 'accepted' || kind === 'gone' || kind === 'terminating';
    expect(isRefusal(quiet ? { kind } : { kind, text: '' })).toBe(refusal);
  });

  it('nothing said is no refusal', () => {
    expect(isRefusal(undefined)).toBe(false);
  });
});
