import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebhookAnswer } from '../../sandbox/cluster/admission.ts';
import type { Stage } from './cluster-port.ts';
import { seeAndEvict } from './cluster-port-answers.ts';
import { rightsOf } from './cluster-port-rights.ts';
import { failureIn, signal, valueIn } from './cluster-port-world.ts';
import { type Hooks, hookName } from './target.ts';

const details = { retryAfterSeconds: 7, causes: [{ reason: 'DisruptionBudget', message: 'mine' }] };

const denials: [string, WebhookAnswer][] = [
  ['without a code', { deny: 'not now' }],
  ['with 403', { deny: 'not now', code: 403 }],
  ['with 404', { deny: 'not now', code: 404 }],
  ['with 409', { deny: 'not now', code: 409 }],
  ['with 429', { deny: 'not now', code: 429 }],
  ['with 500', { deny: 'not now', code: 500 }],
  ['as a budget would', { deny: 'not now', code: 429, reason: 'TooManyRequests', details }],
];
const failures = ['down', 'slow', 'broken'] as const;
const nameOf = (title: string) => title.replaceAll(' ', '-');

/** Refusals that are no budget's: webhooks, rights, overload, an unknown token. */
export function clusterPortDenials(stage: Stage): void {
  let registered: Hooks;
  // One of them would keep the pods of the run.
  afterAll(() => registered.remove(), 60_000);
  beforeAll(async () => {
    const { target, world } = stage;
    const evictions = { on: 'evictions', failurePolicy: 'Fail' } as const;
    registered = await target.register(world.namespace, [
      ...denials.map(([title, answer]) => ({ ...evictions, name: nameOf(title), answer })),
      ...failures.map((answer) => ({ ...evictions, name: answer, answer })),
      ...failures.map((answer) => ({
        ...evictions,
        name: `spared-${answer}`,
        answer,
        failurePolicy: 'Ignore' as const,
      })),
      { name: 'kept', on: 'deletes', failurePolicy: 'Fail', answer: { deny: 'kept' } },
    ]);
  }, 60_000);

  const podFor = (hook: string) => stage.world.pod({ metadata: { name: `${hook}-pod` } });
  const evict = async (hook: string) => (await seeAndEvict(await podFor(hook), stage.cluster))();

  describe('an eviction is an admission refusal', () => {
    it.each(denials)('when a webhook denies it %s', async (title) => {
      const text = `admission webhook "${hookName({ name: nameOf(title) })}" denied the request: not now`;
      expect(await evict(nameOf(title))).toEqual({ kind: 'admission', text });
    });

    it('when it is answered 403 and the right is there', async () => {
      const { world, cluster } = stage;
      const names = Array.from({ length: 2001 }, (_, n) => `gone-${n}`);
      const disruptedPods = Object.fromEntries(names.map((name) => [name, '2026-01-01T00:00:00Z']));
      const pod = await world.pod({ labels: { app: 'flooded' } });
      const counts = { disruptionsAllowed: 1, currentHealthy: 2, desiredHealthy: 1 };
      await world.budget('flooded', { minAvailable: 1 }, { ...counts, disruptedPods });
      expect(await (await seeAndEvict(pod, cluster))()).toEqual({
        kind: 'admission',
        text: expect.stringContaining('DisruptedPods map too big'),
      });
    });

    it('T66: one of three evictions at a time is refused by its webhook, the other two are accepted', async () => {
      const pods = [await stage.world.pod(), await podFor('with-403-again'), await stage.world.pod()];
      const evictions = await Promise.all(pods.map((pod) => seeAndEvict(pod, stage.cluster)));
      const outcomes = await Promise.all(evictions.map((start) => start()));
      expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'admission', 'accepted']);
    });
  });

  describe('an eviction is told to have met a webhook that is down', () => {
    it.each(failures)('when it is %s, and is named', async (hook) => {
      expect(await evict(hook)).toEqual({
        kind: 'webhook-down',
        text: expect.stringContaining(`failed calling webhook "${hookName({ name: hook })}"`),
      });
    });

    it.each(failures)('not when it is %s and may be ignored', async (hook) => {
      expect(await evict(`spared-${hook}`)).toEqual({ kind: 'accepted' });
    });
  });

  it('a webhook on DELETE pods refuses a forced delete with 400, and lets the eviction pass', async () => {
    const pod = await podFor('kept');
    const refused = failureIn(await stage.cluster.deletePod(pod, { graceSeconds: 5 }, signal));
    expect(refused).toMatchObject({ code: 400, message: expect.stringContaining('denied the request: kept') });
    expect(await (await seeAndEvict(pod, stage.cluster))()).toEqual({ kind: 'accepted' });
  });

  it('T57: a missing right is told by its name where it is missing, while evictions elsewhere are accepted', async () => {
    const { target, world, clusterThrough } = stage;
    const user = `half-${world.id}`;
    const evicting = { verb: 'create', group: '', resource: 'pods', subresource: 'eviction' };
    await target.grant({ user, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] });
    const rules = [{ apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] }];
    await target.grant({ user, namespace: world.namespace, rules });
    const half = clusterThrough(target.as({ user, groups: [] }));
    expect(await (await seeAndEvict(await world.pod(), half))()).toEqual({ kind: 'accepted' });
    expect(valueIn(await half.mayI({ ...evicting, namespace: world.namespace }, signal))).toBe(true);

    const body = { metadata: { name: `far-${world.id}` }, spec: { containers: [{ name: 'main', image: 'x' }] } };
    const path = '/api/v1/namespaces/default/pods';
    const { metadata } = await world.send({ method: 'POST', path, body });
    const far = { namespace: 'default', name: metadata.name, uid: metadata.uid };
    expect(await (await seeAndEvict(far, half))()).toEqual({
      kind: 'missing-right',
      text: `no right to create pods/eviction: pods "${far.name}" is forbidden: User "${user}" cannot create resource "pods/eviction" in API group "" in the namespace "default"`,
    });
    expect(valueIn(await half.mayI({ ...evicting, namespace: 'default' }, signal))).toBe(false);
    await world.send({ method: 'DELETE', path: `${path}/${far.name}` });
  });

  it('T62: overload is told, with the seconds to wait, of an eviction and of a list', async () => {
    const { target, world, cluster, clusterThrough } = stage;
    const view = valueIn(await cluster.getPod(await world.pod(), signal));
    const { crowded, end } = await target.overload(world.namespace);
    const busy = clusterThrough(crowded);
    expect(await (await seeAndEvict(view, { ...busy, getPod: async () => ({ ok: true, value: view }) }))()).toEqual({
      kind: 'overload',
      text: 'HTTP 429: Too many requests, please try again later.',
      retryAfterSeconds: 1,
    });
    expect(failureIn(await busy.listPods(world.nodes.first, signal))).toMatchObject({
      code: 429,
      retryAfterSeconds: 1,
    });
    await end();
  });

  it('an eviction with a token that the cluster does not know is told to lack the right', async () => {
    const { target, world, cluster, clusterThrough } = stage;
    const view = valueIn(await cluster.getPod(await world.pod(), signal));
    const unknown = { ...clusterThrough(target.stranger), getPod: cluster.getPod };
    const text = 'the cluster does not know us: Unauthorized';
    expect(await (await seeAndEvict(view, unknown))()).toEqual({ kind: 'missing-right', text });
    expect(failureIn(await unknown.listBudgets(signal))).toMatchObject({ code: 401, reason: 'Unauthorized' });
  });

  it('a mark is refused with 403, and nothing of it done, to whom the right to patch nodes is missing', async () => {
    const { target, world, cluster, clusterThrough } = stage;
    const user = `reader-${world.id}`;
    const withoutPatch = rightsOf({ user }, world.namespace).map((rights) => ({
      ...rights,
      rules: rights.rules.map((rule) => ({ ...rule, verbs: rule.verbs.filter((verb) => verb !== 'patch') })),
    }));
    for (const rights of withoutPatch) await target.grant(rights);
    const reader = clusterThrough(target.as({ user, groups: [] }));
    const before = valueIn(await reader.getNode(world.nodes.second, signal));
    const mark = { metadata: { labels: { out: 'true' } }, spec: { unschedulable: true } };
    const refused = failureIn(await reader.patchNode(before.name, mark, signal));
    expect(refused).toMatchObject({ code: 403, reason: 'Forbidden', detailsKind: 'nodes' });
    expect(valueIn(await reader.mayI({ verb: 'patch', group: '', resource: 'nodes' }, signal))).toBe(false);
    expect(valueIn(await cluster.getNode(before.name, signal))).toEqual(before);
  });
}
