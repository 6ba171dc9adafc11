import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { BudgetView } from '../../../shared/lifecycle/node.ts';
import type { OwnerView, PodView } from '../../../shared/lifecycle/pod.ts';
import { refuserIn, unblockCommand } from '../../../shared/lifecycle/unblock.ts';
import { selectorText } from '../../../shared/lifecycle/unblock-budget.ts';
import { aBudget, aPod, aSelector, now } from './builders.ts';

const ofDeployment: Partial<PodView> = { labels: { app: 'web', 'pod-template-hash': '5d8' } };
const ofStatefulSet: OwnerView = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 'u' };

function command(code: string, pod: Partial<PodView> = {}, budgets: readonly BudgetView[] = [], text = '') {
  return unblockCommand(aPod({ namespace: 'shop', ...pod }), { code, text }, { budgets, clusterName: 'demo' });
}
const budget = (view: Partial<BudgetView>) =>
  aBudget({ namespace: 'shop', maxUnavailable: undefined, disruptionsAllowed: 0, ...view });

describe('the command for a budget', () => {
  const patch = (spec: object) => `kubectl -n shop patch pdb web --type=merge -p '${JSON.stringify({ spec })}'`;
  const scale = (replicas: number) => `kubectl -n shop scale deployment web --replicas=${replicas}`;
  const get = 'kubectl -n shop get pdb web';
  const one = { expectedPods: 1, currentHealthy: 1 };

  it.each<[string, Partial<PodView>, Partial<BudgetView>, string]>([
    ['minAvailable of all replicas: one more', ofDeployment, { minAvailable: 3 }, scale(4)],
    ['minAvailable of a singleton: a second', ofDeployment, { minAvailable: 1, ...one }, scale(2)],
    ['minAvailable of more than there are: enough', ofDeployment, { minAvailable: 7 }, scale(8)],
    ['a percentage of a singleton: a second', ofDeployment, { minAvailable: '50%', ...one }, scale(2)],
    ['a larger one: enough', ofDeployment, { minAvailable: '80%' }, scale(5)],
    ['one that ten allow', ofDeployment, { minAvailable: '90%', ...one }, scale(10)],
    [
      'minAvailable of far more than there are: its spec',
      ofDeployment,
      { minAvailable: 10 },
      patch({ minAvailable: null, maxUnavailable: 1 }),
    ],
    [
      'one that even ten do not: its spec',
      ofDeployment,
      { minAvailable: '95%' },
      patch({ minAvailable: null, maxUnavailable: 1 }),
    ],
    [
      'one that twice as many do',
      ofDeployment,
      { minAvailable: '95%', expectedPods: 10, currentHealthy: 10 },
      scale(20),
    ],
    [
      'one that not even twice as many do',
      ofDeployment,
      { minAvailable: '96%', expectedPods: 12, currentHealthy: 12 },
      patch({ minAvailable: null, maxUnavailable: 1 }),
    ],
    ['maxUnavailable 0 of many: one of them', ofDeployment, { maxUnavailable: 0 }, patch({ maxUnavailable: 1 })],
    [
      'minAvailable 100% of many: one of them',
      ofDeployment,
      { minAvailable: '100%' },
      patch({ minAvailable: null, maxUnavailable: 1 }),
    ],
    [
      'maxUnavailable 0 of a singleton: a second pod first',
      ofDeployment,
      { maxUnavailable: 0, ...one },
      `${scale(2)} && kubectl -n shop rollout status deployment web && ${patch({ maxUnavailable: 1 })}`,
    ],
    [
      'minAvailable of a StatefulSet: no further member',
      { controller: ofStatefulSet },
      { minAvailable: 3 },
      patch({ minAvailable: null, maxUnavailable: 1 }),
    ],
    ['a StatefulSet of one: its owner decides', { controller: ofStatefulSet }, { minAvailable: 1, ...one }, get],
    ['a pod without a controller: its owner decides', { controller: undefined }, { maxUnavailable: 0, ...one }, get],
    [
      'a pod that is not ready',
      { ready: false },
      { maxUnavailable: 0 },
      patch({ unhealthyPodEvictionPolicy: 'AlwaysAllow' }),
    ],
    [
      'one that is not ready, and may go: the budget',
      { ready: false },
      { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
      get,
    ],
    [
      'pods that are not ready',
      {},
      { maxUnavailable: 1, currentHealthy: 2 },
      'kubectl -n shop get pods -o wide -l app=web',
    ],
    [
      'pods that are not ready, of all of the namespace',
      {},
      { maxUnavailable: 1, currentHealthy: 2, selector: aSelector() },
      get,
    ],
    ['one that is used up for now', {}, { maxUnavailable: 1 }, get],
    [
      'one that fails to sync (T52)',
      {},
      { maxUnavailable: 0, syncFailure: 'no scale' },
      'kubectl -n shop describe pdb web',
    ],
    [
      'one that is not processed yet (T43)',
      {},
      { maxUnavailable: 0, generation: 2, observedGeneration: 1 },
      'kubectl -n shop describe pdb web',
    ],
  ])('%s', (_case, pod, view, expected) => {
    expect(command('budget', pod, [budget(view)])).toBe(expected);
  });

  it('shows both of two, and five at most (T44)', () => {
    const two = [budget({ name: 'web-too' }), budget({})];
    expect(command('two-budgets', {}, two)).toBe('kubectl -n shop describe pdb web web-too');
    const many = ['f', 'e', 'd', 'c', 'b', 'a'].map((name) => budget({ name }));
    expect(command('two-budgets', {}, many)).toBe('kubectl -n shop describe pdb a b c d e');
  });

  it('shows all of the namespace when the one that held it is gone', () => {
    expect(command('budget-not-processed')).toBe('kubectl -n shop get pdb');
  });

  it.each<[Parameters<typeof selectorText>[0], string | undefined]>([
    [undefined, undefined],
    [aSelector(), undefined],
    [aSelector({ app: 'web', tier: 'a' }), 'app=web,tier=a'],
    [aSelector({}, { key: 'a', operator: 'In', values: ['x', 'y'] }), 'a in (x,y)'],
    [aSelector({ b: 'c' }, { key: 'a', operator: 'NotIn', values: ['x'] }), 'b=c,a notin (x)'],
    [aSelector({}, { key: 'a', operator: 'Exists', values: [] }), 'a'],
    [aSelector({}, { key: 'a', operator: 'DoesNotExist', values: [] }), '!a'],
    [aSelector({ b: 'c' }, { key: 'a', operator: 'Near', values: [] }), undefined],
  ])('reads the selector %o as %s', (selector, text) => {
    expect(selectorText(selector)).toBe(text);
  });
});

describe('the command for', () => {
  const hooks =
    "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations -o 'custom-columns=NAME:.metadata.name,WEBHOOKS:.webhooks[*].name'";
  const down = (url: string) => `failed calling webhook "a.example.com": failed to call webhook: Post "${url}": EOF`;

  it.each<[string, string, Partial<PodView>, string, string | undefined]>([
    ['a webhook that refuses', 'admission', {}, 'admission webhook "a.example.com" denied the request: no', hooks],
    [
      'a webhook that is down: its service',
      'webhook-down',
      {},
      down('https://drain-hook.kafka.svc:443/validate?timeout=10s'),
      'kubectl -n kafka get endpointslices -l kubernetes.io/service-name=drain-hook',
    ],
    [
      'a webhook that is down, by its long name',
      'webhook-down',
      {},
      down('https://hook.ops.svc.cluster.local/validate'),
      'kubectl -n ops get endpointslices -l kubernetes.io/service-name=hook',
    ],
    ['a webhook that is no service', 'webhook-down', {}, down('https://hooks.example.com/v'), hooks],
    [
      'an admission policy',
      'admission',
      {},
      `pods "web-1" is forbidden: ValidatingAdmissionPolicy 'keep' with binding 'keep' denied request: no`,
      'kubectl describe validatingadmissionpolicy keep',
    ],
    [
      'a missing right',
      'missing-right',
      {},
      'no right to create pods/eviction: forbidden',
      'npm run --silent enl -- rbac | kubectl apply -f -',
    ],
    [
      'a cluster that does not know us',
      'missing-right',
      {},
      'the cluster does not know us: Unauthorized',
      'aws eks list-access-entries --cluster-name demo',
    ],
    ['a namespace that goes (T56)', 'namespace-terminating', {}, '', 'kubectl get namespace shop -o yaml'],
    ['overload (T62)', 'overload', {}, '', 'kubectl get --raw /debug/api_priority_and_fairness/dump_priority_levels'],
    ['trouble', 'trouble', {}, '', "kubectl get --raw '/readyz?verbose'"],
    [
      'finalizers: who set them',
      'terminating',
      { deletionAt: now, finalizers: ['example.com/guard'] },
      '',
      'kubectl -n shop get pod web-1 -o yaml --show-managed-fields',
    ],
    ['a pod on its way', 'terminating', { deletionAt: now }, '', 'kubectl -n shop describe pod web-1'],
    ['a wish of its owner', 'do-not-disrupt', {}, '', 'kubectl -n shop describe pod web-1'],
    ['a surge', 'surging', ofDeployment, '', 'kubectl -n shop rollout status deployment web'],
    ['a surge of nothing', 'surging', { controller: undefined }, '', undefined],
    ['a pod that was not asked for yet', 'pending', {}, '', undefined],
    ['a pod that waits for others', 'later-tier', {}, '', undefined],
  ])('%s', (_case, code, pod, text, expected) => {
    expect(command(code, pod, [], text)).toBe(expected);
  });

  it('a cluster that does not know us and has no name of ours is our manifests', () => {
    const cause = { code: 'missing-right', text: 'the cluster does not know us: Unauthorized' };
    expect(unblockCommand(aPod(), cause, { budgets: [], clusterName: undefined })).toMatch(/^npm run --silent enl/);
  });

  it('a name of others is one word of a shell', () => {
    const name = "web'; rm -rf / #";
    const text = command('do-not-disrupt', { name, namespace: '$(id)' }) ?? '';
    const words = execFileSync('sh', ['-c', `printf '%s\\n' ${text}`], { encoding: 'utf8' }).split('\n');
    expect(words.slice(0, 6)).toEqual(['kubectl', '-n', '$(id)', 'describe', 'pod', name]);
  });
});

describe('who refuses', () => {
  it.each<[string, ReturnType<typeof refuserIn>]>([
    ['admission webhook "drain.example.com" denied the request: no', { webhook: 'drain.example.com' }],
    ['Internal error: failed calling webhook "down.example.com": EOF', { webhook: 'down.example.com' }],
    ["ValidatingAdmissionPolicy 'keep-all' with binding 'b' denied request: no", { policy: 'keep-all' }],
    ['some webhook "x" denied', undefined],
    ['no', undefined],
  ])('of %s', (text, refuser) => {
    expect(refuserIn(text)).toEqual(refuser);
  });
});
