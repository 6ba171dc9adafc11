import { createArrange } from '../../contract/targets/arrange.ts';
import { overloadForReal } from '../../contract/targets/real-overload.ts';
import { grantForReal } from '../../contract/targets/real-rights.ts';
import { cast } from '../cast.ts';
import { podOf, pods } from './scenery.ts';
import { expectCode, type Stage } from './stage.ts';

/** Requests turned away, aggregated APIs that are not there, lists of everything, versions that go. */
export async function wearOut(stage: Stage): Promise<void> {
  const [ana, hand] = [stage.by('ana'), stage.by('stagehand')];
  const arrange = createArrange(stage.transport('stagehand'));
  await grantForReal(
    'busy',
    {
      user: cast.busy.user,
      namespace: 'shop',
      rules: [{ apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] }],
    },
    arrange,
  );
  const { end } = await overloadForReal(
    { name: 'crowd', namespace: 'shop', user: cast.busy.user, crowded: stage.transport('busy') },
    arrange,
  );
  const crowded = stage.by('busy', 'busy-operator/3.0');
  for (let tries = 0; tries < 4; tries += 1) expectCode(await crowded.get(pods), 429);
  expectCode(await crowded.post('/api/v1/namespaces/ops/configmaps', { metadata: { name: 'late' } }), 429);
  expectCode(
    await crowded.post(`${pods}/shell/eviction`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: 'shell' },
    }),
    429,
  );
  await end();
  await arrange.undoAll();

  const service = {
    group: 'metrics.example.com',
    version: 'v1',
    service: { namespace: 'ops', name: 'none', port: 443 },
    groupPriorityMinimum: 100,
    versionPriority: 100,
    insecureSkipTLSVerify: true,
  };
  expectCode(
    await hand.post('/apis/apiregistration.k8s.io/v1/apiservices', {
      metadata: { name: 'v1.metrics.example.com' },
      spec: service,
    }),
    201,
  );
  await stage.until(
    'the aggregated API is missed',
    async () => (await ana.get('/apis/metrics.example.com/v1/namespaces/shop/pods')).code === 503,
  );
  expectCode(await hand.del('/apis/apiregistration.k8s.io/v1/apiservices/v1.metrics.example.com'), 200);

  const lister = stage.by('ana', 'lister/0.9');
  for (let tries = 0; tries < 21; tries += 1) expectCode(await lister.get('/api/v1/pods'), 200);
  for (const query of ['limit=10', 'resourceVersion=0']) expectCode(await lister.get(`/api/v1/pods?${query}`), 200);
  expectCode(await lister.get('/api/v1/namespaces/shop/configmaps'), 200);

  const old = stage.by('ana', 'old-tool/0.1');
  for (let tries = 0; tries < 2; tries += 1) expectCode(await old.get('/api/v1/componentstatuses'), 200);
  expectCode(await old.get('/apis/networking.k8s.io/v1beta1/servicecidrs'), 200);

  expectCode(await hand.post(pods, podOf('homeless', { nodeSelector: { disk: 'none' } })), 201);
  await stage.until('the scheduler says that it fits nowhere', async () => {
    const { conditions = [] } = (await hand.get(`${pods}/homeless`)).body.status;
    return conditions.some(
      ({ type, status }: { type: string; status: string }) => type === 'PodScheduled' && status === 'False',
    );
  });
}

/** Writes until etcd takes no more. Nothing works after it. */
export async function fillEtcd(stage: Stage): Promise<number> {
  const hog = stage.by('ana', 'hog/1.0');
  const data = { blob: 'x'.repeat(900_000) };
  for (let made = 1; made < 100; made += 1) {
    const { code, body } = await hog.post('/api/v1/namespaces/ops/configmaps', {
      metadata: { name: `blob-${made}` },
      data,
    });
    if (code === 500) return made;
    if (code !== 201) throw new Error(`${code}: ${JSON.stringify(body).slice(0, 300)}`);
  }
  throw new Error('etcd took it all');
}
