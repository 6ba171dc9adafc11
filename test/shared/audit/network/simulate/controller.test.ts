import { describe, expect, test } from 'vitest';
import type { PodController } from '../../../../../shared/audit/network/kubernetes-shapes.ts';
import { findController } from '../../../../../shared/audit/network/simulate/controller.ts';
import { lbc } from '../builders.ts';

const find = (...items: PodController[]) => findController({ name: 'demo' }, { deployments: { items } });
const withImage = (
  image: string,
  labels: Record<string, string> = {},
  name = 'aws-load-balancer-controller',
): PodController => ({
  metadata: { name, namespace: 'kube-system', labels },
  spec: { template: { spec: { containers: [{ name: 'controller', image }] } } },
});

describe('the controller of a cluster', () => {
  test.each([
    ['public.ecr.aws/eks/aws-load-balancer-controller:v2.12.1', [2, 12, 1]],
    ['public.ecr.aws/eks/aws-load-balancer-controller:v2.8.1@sha256:0123abcd', [2, 8, 1]],
    ['registry.example:5000/aws-load-balancer-controller:2.4', [2, 4, 0]],
    ['602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon/aws-load-balancer-controller:v3.5.0-rc1', [3, 5, 0]],
    ['registry.example:5000/aws-load-balancer-controller', undefined],
    ['aws-load-balancer-controller@sha256:0123abcd', undefined],
    ['aws-load-balancer-controller:latest', undefined],
    ['aws-load-balancer-controller:2024.11.05.3', undefined],
  ])('%s is version %j', (image, version) => {
    expect(find(withImage(image))).toMatchObject({ kind: 'load-balancer-controller', version, image });
  });

  test('the version is read from the label where the image has none', () => {
    const labels = { 'app.kubernetes.io/version': 'v2.7.0' };
    expect(find(withImage('mirror/aws-load-balancer-controller@sha256:01', labels))).toMatchObject({
      version: [2, 7, 0],
    });
  });

  test('it is known by its image, its name or its label, and nothing else is it', () => {
    const label = { 'app.kubernetes.io/name': 'aws-load-balancer-controller' };
    expect(find(withImage('x/aws-load-balancer-controller:v2.8.0', {}, 'ingress'))).toMatchObject({
      version: [2, 8, 0],
    });
    expect(find(withImage('mirror/lbc:v2.8.0'))).toMatchObject({ version: [2, 8, 0] });
    expect(find(withImage('mirror/lbc:v2.8.0', label, 'ingress'))).toMatchObject({ version: [2, 8, 0] });
    expect(find(withImage('nginx:1.27.0', {}, 'nginx'))).toBe('none');
  });

  test.each([
    [
      ['--feature-gates=ALBSingleSubnet=true,SubnetsClusterTagCheck=false'],
      { ALBSingleSubnet: true, SubnetsClusterTagCheck: false },
    ],
    [['--feature-gates', 'A=T, B=0'], { A: true, B: false }],
    [['--feature-gates=A=true', '--feature-gates=A=false'], { A: false }],
    [['--feature-gates=A=perhaps,B,=true'], {}],
    [['--feature-gates'], {}],
    [['--feature-gates-of-another=A=true'], {}],
  ])('%j sets %j', (flags, gates) => {
    expect(find(lbc('v2.8.0', flags))).toMatchObject({ gates });
  });

  test("the cluster's name is the last that its flags give", () => {
    expect(find(lbc('v2.8.0'))).toMatchObject({ clusterName: 'demo' });
    expect(find(lbc('v2.8.0', ['--cluster-name', 'blue']))).toMatchObject({ clusterName: 'blue' });
    expect(find(withImage('aws-load-balancer-controller:v2.8.0'))).toMatchObject({ clusterName: undefined });
  });

  test('EKS Auto Mode stands in where none is deployed', () => {
    const auto = { name: 'demo', kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } } };
    expect(findController(auto, {})).toMatchObject({ kind: 'eks-auto-mode' });
    expect(findController(auto, { deployments: { items: [lbc('v2.8.0')] } })).toMatchObject({
      kind: 'load-balancer-controller',
    });
  });

  test('a cluster that was not read is not a cluster without one', () => {
    expect(findController({ name: 'demo' }, {})).toBe('unread');
    expect(find()).toBe('none');
  });
});
