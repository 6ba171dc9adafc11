import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebhookAnswer } from '../../sandbox/cluster/admission.ts';
import type { Stage } from './api-server.ts';
import { refusalIn } from './bench.ts';
import { type HookSpec, type Hooks, hookName } from './target.ts';

const details = { retryAfterSeconds: 7, causes: [{ reason: 'DisruptionBudget', message: 'mine' }] };

/** What a webhook that refuses evictions says, and the status that the server makes of it. */
const denials: [string, WebhookAnswer, number][] = [
  ['plain', { deny: 'not now' }, 400],
  ['wordless', { deny: '' }, 400],
  ['approving', { deny: 'not now', code: 200 }, 400],
  ['forbidding', { deny: 'not now', code: 403 }, 403],
  ['missing', { deny: 'not now', code: 404 }, 404],
  ['crowded', { deny: 'not now', code: 429 }, 429],
  ['failing', { deny: 'not now', code: 500 }, 500],
  ['wordy', { deny: 'not now', code: 429, reason: 'TooManyRequests', details }, 429],
];

const failures: ['down' | 'slow' | 'broken', RegExp][] = [
  ['down', /^Post "https:.*": dial tcp .*: connect: connection refused$/],
  ['slow', /^Post "https:.*": context deadline exceeded$/],
  ['broken', /^an error on the server \("out of order"\) has prevented the request from succeeding$/],
];

export const hooks: HookSpec[] = [
  ...denials.map(([name, answer]) => onEvictions(name, answer)),
  ...failures.map(([name]) => onEvictions(name, name)),
  ...failures.map(([name]) => onEvictions(`ignored-${name}`, name, 'Ignore')),
  onEvictions('agreeing', 'allow'),
  onEvictions('ignored-denial', { deny: 'not now' }, 'Ignore'),
  { name: 'keeping', on: 'deletes', failurePolicy: 'Fail', answer: { deny: 'kept' } },
];

function onEvictions(name: string, answer: WebhookAnswer, failurePolicy: HookSpec['failurePolicy'] = 'Fail'): HookSpec {
  return { name, on: 'evictions', failurePolicy, answer };
}

export function apiServerWebhooks(stage: Stage): void {
  describe('admission webhooks', () => {
    let registered: Hooks;
    beforeAll(async () => {
      registered = await stage.target.register(stage.bench.namespace, hooks);
    }, 60_000);
    // One of them would keep the pods of the run.
    afterAll(() => registered.remove(), 60_000);

    let count = 0;
    const podFor = async (hook: string, more: object = {}) =>
      (await stage.bench.pod({ metadata: { name: `${hook}-${++count}`, ...more } })).metadata.name;
    const remove = (name: string, body: object = {}, query: Record<string, string> = {}) =>
      stage.bench.ask({ method: 'DELETE', path: stage.bench.paths.pods(name), query, body });
    const read = (name: string) => stage.bench.send({ method: 'GET', path: stage.bench.paths.pods(name) });

    it.each(denials)(
      'that deny an eviction (%s: %o) are answered with their words and %i',
      async (hook, said, status) => {
        const name = await podFor(hook);
        const { deny, reason, details } = { reason: undefined, details: undefined, ...(said as { deny: string }) };
        expect(refusalIn(await stage.bench.evict(name))).toEqual({
          status,
          reason,
          details,
          retryAfter: details ? '7' : undefined,
          message: `admission webhook "${hookName({ name: hook })}" denied the request${deny ? ': not now' : ' without explanation'}`,
        });
        expect((await read(name)).metadata.deletionTimestamp).toBeUndefined();
      },
    );

    it('deny under the failurePolicy Ignore, too', async () => {
      expect((await stage.bench.evict(await podFor('ignored-denial'))).status).toBe(400);
    });

    it.each(failures)('that are %s fail the eviction with 500, in which they are named', async (hook, why) => {
      const { status, reason, message, details } = refusalIn(await stage.bench.evict(await podFor(hook)));
      expect([status, reason]).toEqual([500, 'InternalError']);
      const [, name, rest] =
        /^Internal error occurred: failed calling webhook "(.*?)": failed to call webhook: (.*)$/.exec(message) ?? [];
      expect([name, rest]).toEqual([hookName({ name: hook }), expect.stringMatching(why)]);
      expect(details).toEqual({ causes: [{ message: message.replace('Internal error occurred: ', '') }] });
    });

    it.each(failures)('that are %s are passed over under the failurePolicy Ignore', async (hook) => {
      expect((await stage.bench.evict(await podFor(`ignored-${hook}`))).status).toBe(201);
    });

    it('are asked of an eviction as CREATE of pods/eviction; of its dry run only when the query says so', async () => {
      const name = await podFor('agreeing');
      await stage.bench.evict(name, { dryRun: ['All'] });
      await stage.bench.evict(name, { dryRun: ['All'] }, { dryRun: 'All' });
      await stage.bench.evict(name);
      const eviction = { operation: 'CREATE', resource: 'pods/eviction' };
      expect(registered.askedAbout(name)).toEqual([
        { ...eviction, dryRun: false },
        { ...eviction, dryRun: true },
        { ...eviction, dryRun: false },
      ]);
    });

    it('deny the eviction of a pod that is not there, but not one whose body names another', async () => {
      expect((await stage.bench.evict('plain-gone')).status).toBe(400);
      const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'other' } };
      const path = stage.bench.paths.eviction('plain-gone');
      expect(refusalIn(await stage.bench.ask({ method: 'POST', path, body })).message).toBe(
        'name in URL does not match name in Eviction object',
      );
    });

    it('on evictions do not see a plain delete', async () => {
      expect((await remove(await podFor('plain'))).status).toBe(200);
    });

    it('on DELETE pods do not see evictions, and refuse a plain delete, in a dry run too', async () => {
      const name = await podFor('keeping');
      expect(refusalIn(await remove(name))).toMatchObject({
        status: 400,
        message: `admission webhook "${hookName({ name: 'keeping' })}" denied the request: kept`,
      });
      expect((await remove(name, { dryRun: ['All'] })).status).toBe(400);
      expect((await remove(name, { gracePeriodSeconds: 0 })).status).toBe(400);
      expect(registered.askedAbout(name).map(({ dryRun }) => dryRun)).toEqual([false, true, false]);
      expect((await stage.bench.evict(name)).status).toBe(201);
      expect(registered.askedAbout(name)).toHaveLength(3);
    });

    it('on DELETE pods are asked last: not of a pod that is gone, has another uid, or would not change', async () => {
      const name = await podFor('keeping');
      expect((await remove('keeping-gone')).status).toBe(404);
      expect((await remove(name, { preconditions: { uid: 'other' } })).status).toBe(409);
      await stage.bench.evict(name, { gracePeriodSeconds: 100 });
      expect((await remove(name)).status).toBe(200);
      expect((await remove(name, { gracePeriodSeconds: 200 })).status).toBe(200);
      expect(registered.askedAbout(name)).toEqual([]);
      expect((await remove(name, { gracePeriodSeconds: 50 })).status).toBe(400);
      expect((await read(name)).metadata.deletionGracePeriodSeconds).toBe(100);
    });
  });
}
