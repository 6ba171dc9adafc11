import { describe, expect, it } from 'vitest';
import { type KubeWatchFrame, NoAnswerError, WatchRefusedError } from '../../../shared/adapters/kube-transport.ts';
import { watch } from '../../../shared/adapters/kube-watch.ts';
import { scriptedTransport } from './scripted-transport.ts';

const signal = new AbortController().signal;
const request = { path: '/api/v1/pods', query: { fieldSelector: 'spec.nodeName=a' } };
const nameOf = ({ metadata }: { metadata: { name: string } }) => metadata.name;
const object = (name: string, resourceVersion: string) => ({ metadata: { name, resourceVersion } });
const status = (code: number, message: string) => ({ kind: 'Status', code, message, reason: 'Expired' });

async function events(frames: (KubeWatchFrame | Error)[], caller = signal) {
  const { transport, requests } = scriptedTransport({ frames });
  const seen = [];
  for await (const event of watch(transport, request, '41', nameOf, caller)) seen.push(event);
  return { seen, requests };
}

describe('a watch', () => {
  it('asks for changes since a version, with bookmarks and an end', async () => {
    const { requests } = await events([]);
    expect(requests).toEqual([
      {
        method: 'GET',
        path: '/api/v1/pods',
        query: {
          fieldSelector: 'spec.nodeName=a',
          resourceVersion: '41',
          watch: 'true',
          allowWatchBookmarks: 'true',
          timeoutSeconds: '300',
        },
      },
    ]);
  });

  it('tells of changes and bookmarks, and that it was closed', async () => {
    const { seen } = await events([
      { type: 'ADDED', object: object('web-0', '42') },
      { type: 'MODIFIED', object: object('web-0', '43') },
      { type: 'BOOKMARK', object: { kind: 'Pod', metadata: { resourceVersion: '50' } } },
      { type: 'DELETED', object: object('web-0', '51') },
    ]);
    expect(seen).toEqual([
      { type: 'ADDED', object: 'web-0', resourceVersion: '42' },
      { type: 'MODIFIED', object: 'web-0', resourceVersion: '43' },
      { type: 'BOOKMARK', resourceVersion: '50' },
      { type: 'DELETED', object: 'web-0', resourceVersion: '51' },
      { type: 'closed', reason: 'the server ended the watch' },
    ]);
  });

  const refused = (code: number, message: string) =>
    new WatchRefusedError({ status: code, headers: {}, body: status(code, message) });
  it.each([
    ['an ERROR frame 410', { type: 'ERROR', object: status(410, 'too old') }, { type: 'expired' }],
    [
      'an ERROR frame 500',
      { type: 'ERROR', object: status(500, 'etcd is away') },
      { type: 'closed', reason: 'etcd is away' },
    ],
    ['an ERROR frame of nothing', { type: 'ERROR', object: null }, { type: 'closed', reason: 'HTTP 0: null' }],
    ['HTTP 410', refused(410, 'too old'), { type: 'expired' }],
    ['HTTP 403', refused(403, 'pods is forbidden'), { type: 'closed', reason: 'pods is forbidden' }],
    ['no answer', new NoAnswerError('socket hang up'), { type: 'closed', reason: 'socket hang up' }],
  ] satisfies [string, KubeWatchFrame | Error, object][])('ends with %s', async (_, frame, end) => {
    const { seen } = await events([frame, { type: 'ADDED', object: object('never', '99') }]);
    expect(seen).toEqual([end]);
  });

  it('throws only what it cannot explain, or the reason of its caller', async () => {
    await expect(events([new TypeError('a bug')])).rejects.toThrow('a bug');
    const tick = new AbortController();
    const reason = new Error('the tick is over');
    const { transport } = scriptedTransport({ frames: [{ type: 'ADDED', object: object('a', '42') }] });
    const frames = watch(transport, request, '41', nameOf, tick.signal);
    await frames.next();
    tick.abort(reason);
    await expect(frames.next()).rejects.toBe(reason);
  });
});
