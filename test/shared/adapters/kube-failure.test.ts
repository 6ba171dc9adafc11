import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../shared/adapters/kube-failure.ts';

const status = (rest: object) => ({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', ...rest });
const exhausted = status({
  message: "Cannot evict pod as it would violate the pod's disruption budget.",
  reason: 'TooManyRequests',
  details: {
    causes: [
      { reason: 'DisruptionBudget', message: 'The disruption budget web needs 2 healthy pods and has 2 currently' },
    ],
  },
  code: 429,
});

describe('a failure', () => {
  it('T41 T43 is what the Status says, with the Retry-After of the header', () => {
    expect(failureOf({ status: 429, headers: { 'retry-after': '10' }, body: exhausted })).toEqual({
      code: 429,
      reason: 'TooManyRequests',
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      causes: [
        { reason: 'DisruptionBudget', message: 'The disruption budget web needs 2 healthy pods and has 2 currently' },
      ],
      detailsKind: undefined,
      retryAfterSeconds: 10,
    });
    expect(failureOf({ status: 429, headers: {}, body: exhausted }).retryAfterSeconds).toBeUndefined();
  });

  it('T44 has no reason when the Status has none', () => {
    const message = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
    const failure = failureOf({ status: 500, headers: {}, body: status({ message, code: 500 }) });
    expect(failure).toMatchObject({ code: 500, reason: undefined, message, causes: [] });
  });

  it('T59 names the kind a conflict is about', () => {
    const body = status({
      reason: 'Conflict',
      message: 'again',
      details: { name: 'web', kind: 'poddisruptionbudgets' },
    });
    expect(failureOf({ status: 409, headers: {}, body })).toMatchObject({ detailsKind: 'poddisruptionbudgets' });
  });

  it.each([
    ['<html><head><title>502 Bad\nGateway</title></head><body>…</body></html>', 'HTTP 502: 502 Bad Gateway'],
    ['<p>No healthy</p> upstream', 'HTTP 502: No healthy upstream'],
    ['upstream connect error', 'HTTP 502: upstream connect error'],
    ['x'.repeat(5000), `HTTP 502: ${'x'.repeat(200)}…`],
    [{ message: 'Forbidden' }, 'HTTP 502: {"message":"Forbidden"}'],
    ['', 'HTTP 502: '],
    [undefined, 'HTTP 502: '],
    [null, 'HTTP 502: null'],
  ])('has a short message when something else answers: %j', (body, message) => {
    expect(failureOf({ status: 502, headers: {}, body })).toMatchObject({ code: 502, reason: undefined, message });
  });
});

describe('Retry-After', () => {
  const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
  it.each([
    [{ 'retry-after': ' 3 ' }, 3],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:29:30 GMT', date }, 90],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:27:00 GMT', date }, 0],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:29:30 GMT' }, undefined],
    [{ 'retry-after': 'soon', date }, undefined],
    [{ 'retry-after': '', date }, undefined],
    [{}, undefined],
  ])('%j is %s s', (headers, seconds) => {
    expect(failureOf({ status: 503, headers, body: '' }).retryAfterSeconds).toBe(seconds);
  });

  it('is taken from the Status when the header is missing', () => {
    const body = status({ reason: 'ServerTimeout', details: { retryAfterSeconds: 2 } });
    expect(failureOf({ status: 504, headers: {}, body }).retryAfterSeconds).toBe(2);
  });
});
