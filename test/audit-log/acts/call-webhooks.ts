import { setTimeout as delay } from 'node:timers/promises';
import { createArrange } from '../../contract/targets/arrange.ts';
import { type RealHook, registerForReal } from '../../contract/targets/real-webhooks.ts';
import { podOf, pods } from './scenery.ts';
import { expectCode, type Stage } from './stage.ts';

const webhooks = '/apis/admissionregistration.k8s.io/v1';
/** Above what the API server calls slow: half a second. https://kubernetes.io/docs/reference/labels-annotations-taints/audit-annotations/ */
export const slowMs = 700;

const hooks: RealHook[] = [
  { name: 'deny', on: 'evictions', failurePolicy: 'Fail', answer: { deny: 'not now', code: 403 } },
  { name: 'closed', on: 'evictions', failurePolicy: 'Fail', answer: 'down' },
  { name: 'opened', on: 'evictions', failurePolicy: 'Ignore', answer: 'down' },
  { name: 'slow', on: 'evictions', failurePolicy: 'Fail', answer: 'allow', say: () => delay(slowMs, 'allow' as const) },
];

/** Webhooks that fail, deny and dawdle. */
export async function callWebhooks(stage: Stage): Promise<void> {
  const [ana, hand] = [stage.by('ana'), stage.by('stagehand')];
  const arrange = createArrange(stage.transport('stagehand'));
  const registered = await registerForReal('proof', 'shop', hooks, arrange);
  const evict = (name: string) =>
    ana.post(`${pods}/${name}/eviction`, { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } });
  for (const name of ['opened-1', 'slow-1']) expectCode(await hand.post(pods, podOf(name)), 201);
  expectCode(await evict('deny-1'), 403);
  expectCode(await evict('deny-1'), 403);
  for (let tries = 0; tries < 3; tries += 1) expectCode(await evict('closed-1'), 500);
  expectCode(await evict('opened-1'), 201);
  expectCode(await evict('slow-1'), 201);
  await registered.remove();

  const rules = [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'] }];
  const nobody = { url: 'https://127.0.0.1:1/inject' };
  const injector = {
    metadata: { name: 'injector' },
    webhooks: [
      {
        name: 'inject.example.com',
        failurePolicy: 'Ignore',
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        clientConfig: nobody,
        rules,
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } },
      },
    ],
  };
  expectCode(await ana.post(`${webhooks}/mutatingwebhookconfigurations`, injector), 201);
  let made = 0;
  await stage.until('the injector is missed, which only the audit log says', async () => {
    made += 1;
    expectCode(await ana.post('/api/v1/namespaces/ops/configmaps', { metadata: { name: `plain-${made}` } }), 201);
    return stage.audited().includes('"failed-open.mutation');
  });
  expectCode(
    await ana.merge(`${webhooks}/mutatingwebhookconfigurations/injector`, { metadata: { labels: { a: 'b' } } }),
    200,
  );
  expectCode(await ana.del(`${webhooks}/mutatingwebhookconfigurations/injector`), 200);
  expectCode(await stage.by('ben').del(`${webhooks}/mutatingwebhookconfigurations/injector`), 403);
  const policy = {
    metadata: { name: 'lenient' },
    spec: { matchConstraints: { resourceRules: [] }, validations: [{ expression: 'true' }] },
  };
  expectCode(
    await ana.post(`${webhooks}/validatingadmissionpolicies`, {
      ...policy,
      spec: { ...policy.spec, matchConstraints: { resourceRules: rules } },
    }),
    201,
  );
  await arrange.undoAll();
}
