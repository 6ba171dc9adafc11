import { describe, expect, test } from 'vitest';
import { balancerWishes } from '../../../../../shared/audit/network/simulate/load-balancer-wishes.ts';
import { anIngress, aService } from '../builders.ts';

const nlb = 'service.k8s.aws/nlb';
const on = (suffix: string, value: string) => ({ [`service.beta.kubernetes.io/aws-load-balancer-${suffix}`]: value });
const ofService = (annotations: Record<string, string>, loadBalancerClass?: string) =>
  balancerWishes({ services: { items: [aService('s', annotations, loadBalancerClass)] } });

describe('what Services ask for', () => {
  test.each([
    ['the class', {}, nlb],
    ["Auto Mode's class", {}, 'eks.amazonaws.com/nlb'],
    ['the type external', on('type', 'external'), undefined],
    ['the type nlb-ip', on('type', 'nlb-ip'), undefined],
  ])('%s makes it the controller’s', (_, annotations, className) => {
    expect(ofService(annotations, className)).toMatchObject({
      wishes: [
        { object: 'service/shop/s', type: 'nlb', scheme: 'internal', addresses: 'ipv4', subnetsFrom: undefined },
      ],
      ofCloudController: [],
    });
  });

  test.each([
    ['no class', {}, undefined, ['service/shop/s']],
    ['the type nlb', on('type', 'nlb'), undefined, ['service/shop/s']],
    ["somebody else's class", on('type', 'external'), 'example.com/metal', []],
  ])('%s makes it somebody else’s', (_, annotations, className, ofCloudController) => {
    expect(ofService(annotations, className)).toMatchObject({ wishes: [], ofCloudController });
  });

  test.each([
    [{}, 'internal'],
    [on('scheme', 'internet-facing'), 'internet-facing'],
    [on('scheme', 'internal'), 'internal'],
    [on('internal', 'false'), 'internet-facing'],
    [on('internal', 'true'), 'internal'],
    [{ ...on('internal', 'false'), ...on('scheme', 'internal') }, 'internal'],
  ])('%j is %s', (annotations, scheme) => {
    expect(ofService(annotations, nlb).wishes[0]?.scheme).toBe(scheme);
  });

  test('a Service of another type asks for nothing', () => {
    const service = { metadata: { name: 's' }, spec: { type: 'ClusterIP' } };
    expect(balancerWishes({ services: { items: [service] } })).toMatchObject({ wishes: [], ofCloudController: [] });
  });

  test('named subnets and addresses are told', () => {
    const [wish] = ofService({ ...on('subnets', 'a,b'), ...on('ip-address-type', 'dualstack') }, nlb).wishes;
    expect(wish).toMatchObject({
      addresses: 'dualstack',
      subnetsFrom: 'service.beta.kubernetes.io/aws-load-balancer-subnets',
    });
  });
});

describe('what Ingresses ask for', () => {
  const params = {
    metadata: { name: 'p' },
    spec: { scheme: 'internet-facing', ipAddressType: 'dualstack', subnets: { ids: ['subnet-a'] } },
  };
  const classOf = (controller: string, name?: string) => ({
    items: [
      {
        metadata: { name: 'alb' },
        spec: { controller, ...(name && { parameters: { kind: 'IngressClassParams', name } }) },
      },
    ],
  });
  const ingresses = { items: [anIngress('web', { 'alb.ingress.kubernetes.io/scheme': 'internal' })] };

  test('the class decides whose it is, by its controller where that is known', () => {
    expect(balancerWishes({ ingresses }).wishes).toHaveLength(1);
    expect(balancerWishes({ ingresses, ingressclasses: classOf('ingress.k8s.aws/alb') }).wishes).toHaveLength(1);
    expect(balancerWishes({ ingresses, ingressclasses: classOf('k8s.io/ingress-nginx') }).wishes).toHaveLength(0);
    const old = { metadata: { name: 'web', annotations: { 'kubernetes.io/ingress.class': 'alb' } } };
    expect(balancerWishes({ ingresses: { items: [old] } }).wishes).toMatchObject([{ object: 'ingress/default/web' }]);
    expect(balancerWishes({ ingresses: { items: [{ metadata: { name: 'web' } }] } }).wishes).toEqual([]);
  });

  test("the class's parameters go before the annotations", () => {
    const objects = {
      ingresses,
      ingressclasses: classOf('ingress.k8s.aws/alb', 'p'),
      ingressclassparams: { items: [params] },
    };
    expect(balancerWishes(objects).wishes).toEqual([
      {
        object: 'ingress/shop/web',
        type: 'alb',
        scheme: 'internet-facing',
        addresses: 'dualstack',
        subnetsFrom: 'IngressClassParams p',
      },
    ]);
  });
});

test('all is known when Services and Ingresses were read', () => {
  const none = { items: [] };
  expect(balancerWishes({ services: none, ingresses: none }).complete).toBe(true);
  expect(balancerWishes({ services: none }).complete).toBe(false);
  expect(balancerWishes({ ingresses: none }).complete).toBe(false);
});
