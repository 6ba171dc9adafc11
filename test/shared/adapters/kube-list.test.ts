import { describe, expect, it } from 'vitest';
import { list } from '../../../shared/adapters/kube-list.ts';
import { NoAnswerError } from '../../../shared/adapters/kube-transport.ts';
import { type Script, scriptedTransport } from './scripted-transport.ts';

const signal = new AbortController().signal;
const request = { path: '/api/v1/nodes', query: { labelSelector: 'a' } };
const page = (items: number[] | null, metadata: object): Script => ({ body: { items, metadata } });
const expired: Script = { status: 410, body: { kind: 'Status', reason: 'Expired', message: 'too old', code: 410 } };
const odd = (item: number) => (item % 2 === 1 ? `#${item}` : undefined);

describe('a list', () => {
  it('T24 is read page by page, and leaves out what the view does', async () => {
    const { transport, requests } = scriptedTransport({
      answers: [
        page([1, 2, 3], { resourceVersion: '7', continue: 'p2' }),
        page([4], { resourceVersion: '7', continue: 'p3' }),
        page([5], { resourceVersion: '7', continue: '' }),
      ],
    });
    expect(await list(transport, request, odd, signal)).toEqual({
      ok: true,
      value: { items: ['#1', '#3', '#5'], resourceVersion: '7' },
    });
    expect(requests.map(({ query }) => query)).toEqual([
      { labelSelector: 'a', limit: '500' },
      { labelSelector: 'a', limit: '500', continue: 'p2' },
      { labelSelector: 'a', limit: '500', continue: 'p3' },
    ]);
  });

  it('is empty when the server says null', async () => {
    const { transport } = scriptedTransport({ answers: [page(null, { resourceVersion: '7' })] });
    expect(await list(transport, request, odd, signal)).toMatchObject({ ok: true, value: { items: [] } });
  });

  it('starts over once when its continue token expired', async () => {
    const answers = [page([1], { resourceVersion: '7', continue: 'p2' }), expired, page([3], { resourceVersion: '9' })];
    const { transport, requests } = scriptedTransport({ answers });
    expect(await list(transport, request, odd, signal)).toEqual({
      ok: true,
      value: { items: ['#3'], resourceVersion: '9' },
    });
    expect(requests[2]?.query).not.toHaveProperty('continue');
  });

  it('fails when the token expires again', async () => {
    const first = page([1], { resourceVersion: '7', continue: 'p2' });
    const { transport, requests } = scriptedTransport({ answers: [first, expired, first, expired] });
    expect(await list(transport, request, odd, signal)).toMatchObject({ ok: false, failure: { code: 410 } });
    expect(requests).toHaveLength(4);
  });

  it.each([
    ['a refusal', { status: 403, body: { kind: 'Status', reason: 'Forbidden', message: 'no' } }, 403, 'no'],
    ['no answer', new NoAnswerError('no answer from api: socket hang up'), undefined, 'socket hang up'],
    ['a page that no API server wrote', { body: '<title>Sign in</title>' }, undefined, 'HTTP 200, but .*: Sign in'],
  ])('fails with %s', async (_, answer, code, message) => {
    const { transport } = scriptedTransport({ answers: [answer] });
    expect(await list(transport, request, odd, signal)).toMatchObject({
      ok: false,
      failure: { code, message: expect.stringMatching(message), causes: [] },
    });
  });

  it('throws what it cannot explain, and the reason of its caller', async () => {
    const { transport } = scriptedTransport({ answers: [new TypeError('a bug')] });
    await expect(list(transport, request, odd, signal)).rejects.toThrow('a bug');
    const tick = new AbortController();
    const reason = new Error('the tick is over');
    const cut = async () => {
      tick.abort(reason);
      throw new NoAnswerError('aborted');
    };
    await expect(list({ ...transport, request: cut }, request, odd, tick.signal)).rejects.toBe(reason);
  });
});
