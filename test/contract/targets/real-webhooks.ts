import type { WebhookAnswer } from '../../../sandbox/cluster/admission.ts';
import { type HookSpec, type Hooks, hookName } from '../target.ts';
import type { Arrange } from './arrange.ts';
import { serveWebhook } from './webhook-server.ts';

const root = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';
/** Nobody listens on it. */
const nobody = 'https://127.0.0.1:1';

/** What a webhook says; a promise keeps the server waiting. */
export type RealHook = HookSpec & { say?: () => Promise<WebhookAnswer> };

/** Serves the webhooks from this process and registers them for one namespace; resolves when the server asks them. */
export async function registerForReal(
  name: string,
  namespace: string,
  hooks: readonly RealHook[],
  { create, ask, eventually, undo }: Arrange,
): Promise<Hooks & { asked: () => number }> {
  const ready: RealHook = { name: `${name}-ready`, on: 'evictions', failurePolicy: 'Fail', answer: { deny: 'ready' } };
  const probe = `${ready.name}-or-not`;
  const all = [...hooks, ready];
  const server = await serveWebhook(async (path) => {
    const hook = all.find((each) => each.name === path);
    return hook?.say ? hook.say() : (hook?.answer ?? 'broken');
  });
  undo(server.close);
  const webhooks = all.map((hook) => ({
    name: hookName(hook),
    failurePolicy: hook.failurePolicy,
    timeoutSeconds: hook.say ? 30 : hook.answer === 'slow' ? 1 : 10,
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
    clientConfig: {
      url: `${hook.answer === 'down' ? nobody : server.url}/${hook.name}`,
      caBundle: Buffer.from(server.ca).toString('base64'),
    },
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    matchConditions: [{ name: 'name', expression: `request.name.startsWith("${hook.name}-")` }],
    rules: [
      hook.on === 'evictions'
        ? { operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods/eviction'] }
        : { operations: ['DELETE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] },
    ],
  }));
  await create(root, { metadata: { name }, webhooks });
  const isAsked = async () => {
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: probe } };
    const path = `/api/v1/namespaces/${namespace}/pods/${probe}/eviction`;
    return (await ask({ method: 'POST', path, body })).status === 400;
  };
  await eventually('the webhooks are asked', isAsked);
  return {
    askedAbout: (pod) =>
      server.asked
        .filter((review) => review.name === pod)
        .map(({ operation, resource, dryRun }) => ({ operation, resource, dryRun })),
    remove: async () => {
      await ask({ method: 'DELETE', path: `${root}/${name}` });
      await eventually('the webhooks are asked no more', async () => !(await isAsked()));
    },
    asked: () => server.asked.filter((review) => review.name !== probe).length,
  };
}
