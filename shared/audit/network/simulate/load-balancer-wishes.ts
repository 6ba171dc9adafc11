import type { ClusterObjects, Ingress, IngressClassParams, Metadata, Service } from '../kubernetes-shapes.ts';

export type BalancerType = 'alb' | 'nlb';
export type BalancerScheme = 'internet-facing' | 'internal';

/** A load balancer that a Service or an Ingress asks the controller for. */
export interface BalancerWish {
  /** `ingress/shop/web`. */
  object: string;
  type: BalancerType;
  scheme: BalancerScheme;
  /** `ipv4`, `dualstack` or `dualstack-without-public-ipv4`. */
  addresses: string;
  /** Where its subnets are named; they are not looked for then. */
  subnetsFrom: string | undefined;
}

export interface BalancerWishes {
  wishes: readonly BalancerWish[];
  /** Nothing that could ask for one was left unread. */
  complete: boolean;
  /** Services that the cloud controller manager makes load balancers for. */
  ofCloudController: readonly string[];
}

const onService = 'service.beta.kubernetes.io/aws-load-balancer';
const onIngress = 'alb.ingress.kubernetes.io';

/** https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/ and …/guide/ingress/annotations/ */
export function balancerWishes(objects: ClusterObjects): BalancerWishes {
  const balanced = (objects.services?.items ?? []).filter(({ spec }) => spec?.type === 'LoadBalancer');
  const other = balanced.filter(
    ({ spec }) => spec?.loadBalancerClass !== undefined && !isOwnClass(spec.loadBalancerClass),
  );
  const ours = balanced.filter(isControllers);
  const theirs = balanced.filter((service) => !ours.includes(service) && !other.includes(service));
  return {
    wishes: [...ours.map(ofService), ...(objects.ingresses?.items ?? []).flatMap((each) => ofIngress(each, objects))],
    complete: objects.services !== undefined && objects.ingresses !== undefined,
    ofCloudController: theirs.map(({ metadata }) => path('service', metadata)),
  };
}

function isOwnClass(name: string): boolean {
  return name === 'service.k8s.aws/nlb' || name === 'eks.amazonaws.com/nlb';
}

function isControllers({ metadata, spec }: Service): boolean {
  if (spec?.loadBalancerClass !== undefined) return isOwnClass(spec.loadBalancerClass);
  return ['external', 'nlb-ip'].includes(metadata.annotations?.[`${onService}-type`] ?? '');
}

function ofService({ metadata }: Service): BalancerWish {
  const { annotations = {} } = metadata;
  const scheme = annotations[`${onService}-scheme`];
  const isPublic =
    scheme === undefined ? annotations[`${onService}-internal`] === 'false' : scheme === 'internet-facing';
  return {
    object: path('service', metadata),
    type: 'nlb',
    scheme: isPublic ? 'internet-facing' : 'internal',
    addresses: annotations[`${onService}-ip-address-type`] ?? 'ipv4',
    subnetsFrom: annotations[`${onService}-subnets`] === undefined ? undefined : `${onService}-subnets`,
  };
}

function ofIngress(ingress: Ingress, objects: ClusterObjects): BalancerWish[] {
  const { metadata, spec } = ingress;
  const { annotations = {} } = metadata;
  const className = spec?.ingressClassName ?? annotations['kubernetes.io/ingress.class'];
  const ingressClass = objects.ingressclasses?.items.find((each) => each.metadata.name === className);
  const controller = ingressClass?.spec?.controller;
  const isOurs = controller ? /^(ingress\.k8s\.aws|eks\.amazonaws\.com)\/alb$/.test(controller) : className === 'alb';
  if (!isOurs) return [];
  const params = paramsOf(ingressClass?.spec?.parameters?.name, objects);
  const scheme = params?.spec?.scheme ?? annotations[`${onIngress}/scheme`];
  return [
    {
      object: path('ingress', metadata),
      type: 'alb',
      scheme: scheme === 'internet-facing' ? 'internet-facing' : 'internal',
      addresses: params?.spec?.ipAddressType ?? annotations[`${onIngress}/ip-address-type`] ?? 'ipv4',
      subnetsFrom: namedSubnets(annotations, params),
    },
  ];
}

function paramsOf(name: string | undefined, { ingressclassparams }: ClusterObjects): IngressClassParams | undefined {
  return ingressclassparams?.items.find(({ metadata }) => metadata.name === name);
}

function namedSubnets(annotations: Readonly<Record<string, string>>, params: IngressClassParams | undefined) {
  if (params?.spec?.subnets) return `IngressClassParams ${params.metadata.name}`;
  return annotations[`${onIngress}/subnets`] === undefined ? undefined : `${onIngress}/subnets`;
}

function path(kind: string, { namespace = 'default', name }: Metadata): string {
  return `${kind}/${namespace}/${name}`;
}
