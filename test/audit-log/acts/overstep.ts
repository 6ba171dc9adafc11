import { budgetOf, idle, leaving, nodeOf, podOf, pods } from './scenery.ts';
import { expectCode, type Stage } from './stage.ts';

/** What takes more with it than itself, what admission refuses, what is made with too much power. */
export async function overstep(stage: Stage): Promise<void> {
  const [ana, hand] = [stage.by('ana'), stage.by('stagehand')];
  const storage = '/apis/storage.k8s.io/v1/storageclasses';
  const claims = '/api/v1/namespaces/shop/persistentvolumeclaims';
  const made: [string, object][] = [
    [storage, { metadata: { name: 'fast' }, provisioner: 'example.com/none' }],
    [
      claims,
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'fast' },
      },
    ],
    [
      '/api/v1/persistentvolumes',
      {
        metadata: { name: 'disk' },
        spec: {
          capacity: { storage: '1Gi' },
          accessModes: ['ReadWriteOnce'],
          hostPath: { path: '/srv' },
          storageClassName: 'slow',
        },
      },
    ],
    ['/apis/scheduling.k8s.io/v1/priorityclasses', { metadata: { name: 'urgent' }, value: 1000 }],
    [
      '/apis/apps/v1/namespaces/shop/statefulsets',
      {
        metadata: { name: 'db' },
        spec: {
          replicas: 0,
          serviceName: 'db',
          selector: { matchLabels: { app: 'db' } },
          template: { metadata: { labels: { app: 'db' } }, spec: podOf('db').spec },
        },
      },
    ],
    ['/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crd],
  ];
  for (const [path, object] of made) expectCode(await hand.post(path, object), 201);
  for (const [path, object] of made.toReversed())
    expectCode(await ana.del(`${path}/${(object as { metadata: { name: string } }).metadata.name}`), 200);
  expectCode(await ana.del('/api/v1/namespaces/doomed'), 200);
  expectCode(await ana.del('/api/v1/namespaces/never-was'), 404);
  expectCode(await stage.by('operator').del(claims), 200);

  const system = '/api/v1/namespaces/kube-system';
  expectCode(await ana.post(`${system}/configmaps`, { metadata: { name: 'tuning' }, data: { a: '1' } }), 201);
  expectCode(await ana.merge(`${system}/configmaps/tuning`, { data: { a: '2' } }), 200);
  expectCode(await stage.by('ben').del(`${system}/configmaps/tuning`), 403);
  expectCode(await stage.by('addonManager').post(`${system}/configmaps`, { metadata: { name: 'addon' } }), 201);
  expectCode(await ana.get(`${system}/configmaps/tuning`), 200);

  expectCode(
    await hand.post('/api/v1/namespaces', {
      metadata: { name: 'strict', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    }),
    201,
  );
  expectCode(
    await hand.post('/api/v1/namespaces/strict/resourcequotas', {
      metadata: { name: 'none' },
      spec: { hard: { configmaps: '0' } },
    }),
    201,
  );
  expectCode(await ana.post('/api/v1/namespaces/strict/pods', podOf('rootish')), 403);
  await stage.until(
    'the quota counts',
    async () =>
      (await ana.post('/api/v1/namespaces/strict/configmaps', { metadata: { generateName: 'one-' } })).code === 403,
  );

  const host = podOf('host', { nodeName: idle[1], volumes: [{ name: 'etc', hostPath: { path: '/etc' } }] });
  const power = podOf('power', {
    nodeName: idle[1],
    containers: [{ name: 'main', image: 'busybox', securityContext: { privileged: true } }],
  });
  expectCode(await ana.post(pods, host), 201);
  expectCode(await ana.post(pods, power), 201);
  expectCode(await ana.post(pods, podOf('meek', { nodeName: idle[1] })), 201);
  const forbidden = {
    status: {
      phase: 'Failed',
      reason: 'SysctlForbidden',
      message: 'Pod was rejected: forbidden sysctl: "net.core.somaxconn" not allowlisted',
    },
  };
  for (const name of ['game-5d4f8c7b9d-x2k4p', 'game-5d4f8c7b9d-z7q9w']) {
    expectCode(await hand.post(pods, podOf(name, { nodeName: idle[1] })), 201);
    expectCode(await stage.by('kubelet', 'kubelet/v1.36.3').strategic(`${pods}/${name}/status`, forbidden), 200);
  }

  const requests = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
  const csr = {
    metadata: { name: 'backdoor' },
    spec: { request: certificateRequest, signerName: 'kubernetes.io/kube-apiserver-client', usages: ['client auth'] },
  };
  expectCode(await ana.post(requests, csr), 201);
  await stage.kubectl('ana', 'certificate', 'approve', 'backdoor');
  expectCode(await ana.del(`${requests}/backdoor`), 200);

  // A node that joins, and two who want to write the same.
  expectCode(await stage.by('kubelet', 'kubelet/v1.36.3').post('/api/v1/nodes', nodeOf(leaving, true)), 409);
  const stale = { ...budgetOf('web', 'web', 2), metadata: { name: 'web', resourceVersion: '1' } };
  for (let tries = 0; tries < 3; tries += 1)
    expectCode(await stage.by('operator').put('/apis/policy/v1/namespaces/shop/poddisruptionbudgets/web', stale), 409);
}

const schema = { openAPIV3Schema: { type: 'object' } };
const crd = {
  metadata: { name: 'gizmos.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Gizmo', listKind: 'GizmoList', plural: 'gizmos', singular: 'gizmo' },
    versions: [{ name: 'v1', served: true, storage: true, schema }],
  },
};
/** A PEM request for the name `backdoor`, whose key nobody has. */
const certificateRequest =
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIT01IVUNBUUF3RXpFUk1BOEdBMVVFQXd3SVltRmphMlJ2YjNJd1dUQVRCZ2NxaGtqT1BRSUJCZ2dxaGtqTwpQUU1CQndOQ0FBUlVJVzNtZElPTG9HUVRndm5zYnJqUXRFYzdacEQ0am1mMGpObU4yQUVKRjEyRGl2S000ZkwxCnZnUjJBTThITXNpcUJKWkVnb1orWlRBR1o2ZFJibFY2b0FBd0NnWUlLb1pJemowRUF3SURTUUF3UmdJaEFQWWwKMEh5SEZ5aTMzZmd2SVNxREpXNWQ0dkNVVjNNdjJkUnhDVVlpbno3ZUFpRUE3RmVRZ1l1MC93TkF2UGt0SXEwQwphTFN2MjVQazBjdGVZazFFQ1Rwd3pwOD0KLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==';
