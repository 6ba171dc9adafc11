import { describe, expect, it } from 'vitest';
import { type KubeRequest, type KubeTransport, NoAnswerError } from '../../../shared/adapters/kube-transport.ts';
import { readObjects } from '../../../shared/adapters/network-snapshot-kubernetes.ts';
import { networkAws, never } from './network-aws.ts';

const failure = (code: number, message: string) => ({
  status: code,
  headers: {},
  body: { kind: 'Status', code, message },
});
const items = (...all: unknown[]) => ({ status: 200, headers: {}, body: { metadata: {}, items: all } });

/** By path; a custom resource that is not told of is not installed, and other lists are empty. */
function apiServer(
  answers: Readonly<Record<string, ReturnType<typeof items> | ReturnType<typeof failure> | 'silence'>>,
) {
  const asked: string[] = [];
  const transport: KubeTransport = {
    async request({ path }: KubeRequest) {
      asked.push(path);
      const answer = answers[path] ?? (/k8s\.aws|amazon/.test(path) ? failure(404, 'page not found') : items());
      if (answer === 'silence') throw new NoAnswerError('no answer from 10.0.0.1');
      return answer;
    },
    watch: () => {
      throw new Error('nothing is watched');
    },
  };
  return { transport, asked };
}

const containers = (image: string) => ({ template: { spec: { containers: [{ name: 'c', image }] } } });
const named = (name: string, spec: object = {}) => ({
  metadata: { name, namespace: 'kube-system', managedFields: [{ manager: 'helm' }] },
  spec,
});

describe('what is read in a cluster', () => {
  it('is whole for what decides about subnets, and names alone for the rest of the workloads', async () => {
    const { transport } = apiServer({
      '/apis/apps/v1/deployments': items(
        named('lbc', containers('ecr/eks/aws-load-balancer-controller:v2.14.0')),
        named('shop', containers('shop:1')),
      ),
      '/apis/apps/v1/daemonsets': items(
        named('aws-node', containers('cni:v1.20.0')),
        named('fluent-bit', containers('f')),
      ),
      '/api/v1/services': items(named('web', { type: 'LoadBalancer' }), named('inner', { type: 'ClusterIP' })),
    });
    const { objects, denied } = await readObjects(transport, 'demo', never);
    const metadata = (name: string) => ({ metadata: { name, namespace: 'kube-system' } });
    expect(objects).toEqual({
      nodes: { items: [] },
      deployments: {
        items: [
          { ...metadata('lbc'), spec: containers('ecr/eks/aws-load-balancer-controller:v2.14.0') },
          metadata('shop'),
        ],
      },
      daemonsets: { items: [{ ...metadata('aws-node'), spec: containers('cni:v1.20.0') }, metadata('fluent-bit')] },
      services: { items: [{ ...metadata('web'), spec: { type: 'LoadBalancer' } }] },
      ...{ ingresses: { items: [] }, ingressclasses: { items: [] } },
      ...{ ingressclassparams: { items: [] }, eniconfigs: { items: [] } },
    });
    expect(denied).toEqual([]);
  });

  it('has the parameters of both controllers', async () => {
    const { transport } = apiServer({
      '/apis/elbv2.k8s.aws/v1beta1/ingressclassparams': items(named('lbc')),
      '/apis/eks.amazonaws.com/v1/ingressclassparams': items(named('auto')),
    });
    const { objects } = await readObjects(transport, 'demo', never);
    expect(objects.ingressclassparams?.items.map(({ metadata }) => metadata.name)).toEqual(['lbc', 'auto']);
  });

  it('goes on after a list that is forbidden, and leaves that list out', async () => {
    const { transport } = apiServer({ '/api/v1/services': failure(403, 'services is forbidden') });
    const { objects, denied } = await readObjects(transport, 'demo', never);
    expect(denied).toEqual([{ action: 'list services', about: 'demo', message: 'services is forbidden' }]);
    expect(Object.keys(objects)).not.toContain('services');
    expect(Object.keys(objects)).toContain('eniconfigs');
  });

  it.each([
    ['silence' as const, 'no answer from 10.0.0.1'],
    [failure(401, 'Unauthorized'), 'Unauthorized'],
  ])('is nothing where the first answer is %j: nobody waits for the others', async (answer, message) => {
    const { transport, asked } = apiServer({ '/api/v1/nodes': answer });
    const { objects, denied } = await readObjects(transport, 'demo', never);
    expect(objects).toEqual({});
    expect(asked).toHaveLength(1);
    expect(denied).toHaveLength(9);
    expect(denied).toContainEqual({ action: 'list deployments.apps', about: 'demo', message });
  });

  it('is in the snapshot by the name of the cluster, and what was refused beside what AWS refused', async () => {
    const { take } = networkAws({ clusters: { a: 'vpc-1', b: 'vpc-1' } });
    const closed: string[] = [];
    const openCluster = async ({ name }: { name: string }) => ({
      ...apiServer(name === 'b' ? { '/api/v1/nodes': 'silence' } : { '/api/v1/nodes': items(named('n-1')) }).transport,
      close: () => void closed.push(name),
    });
    const { kubernetes, denied } = await take({}, { openCluster });
    expect(kubernetes?.a?.nodes?.items).toHaveLength(1);
    expect(kubernetes?.b).toEqual({});
    expect(new Set(denied?.map(({ about }) => about))).toEqual(new Set(['b']));
    expect(closed.sort()).toEqual(['a', 'b']);
  });
});
