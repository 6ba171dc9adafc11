import { leaving, pods } from './scenery.ts';
import { expectCode, type Stage } from './stage.ts';

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const subject = (kind: string, name: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name });
const clusterAdmin = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' };
const awsAuth = '/api/v1/namespaces/kube-system/configmaps/aws-auth';
const mapRoles = (group: string) =>
  `- rolearn: arn:aws:iam::111122223333:role/platform\n  username: platform\n  groups: [${group}]\n`;

/** Who may do what, changed and tried. */
export async function changeAccess(stage: Stage): Promise<void> {
  const [ana, ben, hand] = [stage.by('ana'), stage.by('ben'), stage.by('stagehand')];
  // Refused before there is a role.
  expectCode(await ben.get('/api/v1/secrets'), 403);
  expectCode(await ben.merge(awsAuth, { data: { mapUsers: '[]' } }), 403);
  expectCode(await ben.post(`${rbac}/clusterrolebindings`, { metadata: { name: 'mine' }, roleRef: clusterAdmin }), 403);
  expectCode(
    await ana.post('/api/v1/namespaces/kube-system/configmaps', {
      metadata: { name: 'aws-auth' },
      data: { mapRoles: mapRoles('readers') },
    }),
    201,
  );
  expectCode(await ana.merge(awsAuth, { data: { mapRoles: mapRoles('system:masters') } }), 200);
  const { body } = await ana.get(awsAuth);
  expectCode(
    await stage.by('addonManager').put(awsAuth, { ...body, data: { mapRoles: mapRoles('readers'), mapUsers: '[]' } }),
    200,
  );
  expectCode(await ana.del(awsAuth), 200);

  const reader = {
    metadata: { name: 'secret-reader' },
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'] }],
  };
  expectCode(await ana.post(`${rbac}/clusterroles`, reader), 201);
  expectCode(
    await ana.post(`${rbac}/clusterrolebindings`, {
      metadata: { name: 'readers' },
      roleRef: { ...clusterAdmin, name: 'secret-reader' },
      subjects: [subject('Group', 'readers')],
    }),
    201,
  );
  expectCode(
    await ana.post(`${rbac}/clusterrolebindings`, {
      metadata: { name: 'break-glass' },
      roleRef: clusterAdmin,
      subjects: [subject('User', 'eve')],
    }),
    201,
  );
  expectCode(
    await ana.merge(`${rbac}/clusterrolebindings/break-glass`, { metadata: { labels: { why: 'incident' } } }),
    200,
  );
  expectCode(await ana.del(`${rbac}/clusterrolebindings/break-glass`), 200);
  expectCode(await ana.merge(`${rbac}/clusterroles/secret-reader`, { metadata: { labels: { team: 'shop' } } }), 200);
  const shopRole = {
    metadata: { name: 'configs' },
    rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }],
  };
  expectCode(await stage.by('addonManager').post(`${rbac}/namespaces/shop/roles`, shopRole), 201);
  await stage.until('the readers may read', async () => (await ben.get('/api/v1/secrets?limit=1')).code === 200);

  expectCode(
    await hand.post('/api/v1/namespaces/shop/secrets', { metadata: { name: 'card' }, stringData: { pin: '0000' } }),
    201,
  );
  expectCode(await ben.get('/api/v1/namespaces/shop/secrets/card'), 200);
  expectCode(await ben.get('/api/v1/namespaces/shop/secrets/none'), 404);
  expectCode(await ben.get('/api/v1/namespaces/shop/secrets'), 200);
  expectCode(await stage.by('addonManager').get('/api/v1/namespaces/shop/secrets/card'), 200);
  expectCode(await stage.by('kubelet', 'kubelet/v1.36.3').get('/api/v1/namespaces/shop/secrets/card'), 200);

  const accounts = '/api/v1/namespaces/shop/serviceaccounts';
  expectCode(await hand.post(accounts, { metadata: { name: 'robot' } }), 201);
  const token = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 600 } };
  expectCode(await ben.post(`${accounts}/robot/token`, token), 403);
  await stage.kubectl('ana', 'create', 'token', 'robot', '-n', 'shop');
  expectCode(await stage.by('kubelet', 'kubelet/v1.36.3').post(`${accounts}/robot/token`, token), 201);

  const [nobody, stranger] = [stage.by('nobody', 'curl/8.5.0'), stage.by('stranger', 'zgrab/0.x')];
  expectCode(await nobody.get('/api/v1/namespaces/shop/secrets'), 403);
  expectCode(await nobody.get('/version'), 200);
  expectCode(await nobody.get('/readyz'), 200);
  expectCode(await stranger.get('/api/v1/pods'), 401);
  expectCode(
    await ana.post(`${rbac}/clusterrolebindings`, {
      metadata: { name: 'open-door' },
      roleRef: { ...clusterAdmin, name: 'view' },
      subjects: [subject('Group', 'system:unauthenticated')],
    }),
    201,
  );
  await stage.until(
    'the door is open',
    async () => (await nobody.get('/api/v1/namespaces/shop/services')).code === 200,
  );
  expectCode(await ana.del(`${rbac}/clusterrolebindings/open-door`), 200);

  const boss = { 'impersonate-user': 'boss', 'impersonate-group': 'system:masters' };
  expectCode(await stage.by('ana', 'console/1.0', boss).get(`${pods}?limit=5`), 200);
  expectCode(
    await stage
      .by('ana', 'console/1.0', boss)
      .post('/api/v1/namespaces/ops/configmaps', { metadata: { name: 'by-boss' } }),
    201,
  );
  await stage.kubectl('ana', 'get', 'nodes', leaving, '--as=clerk', '-o', 'name');
}
