import * as z from 'zod';
import { isPlainSetting, plainAnnotations, plainFlags } from './snapshot-secrets.ts';

const text = z.string().exactOptional();
const texts = z.array(z.string()).exactOptional();
const words = z.record(z.string(), z.string());
const items = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) }).exactOptional();

const metadata = z.object({
  ...{ name: z.string(), namespace: text },
  labels: words.exactOptional(),
  annotations: words.transform(plainAnnotations).exactOptional(),
});

const variable = z
  .object({ name: z.string(), value: text })

  .transform(({ name, value }): { name: string; value?: string } => ({
    name,
    ...(value !== undefined && isPlainSetting(name) && { value }),
  }));
const commandLine = z.array(z.string()).transform(plainFlags).exactOptional();
const container = z.object({
  ...{ name: z.string(), image: text, command: commandLine, args: commandLine },
  env: z.array(variable).exactOptional(),
});
const containers = z.array(container).exactOptional();
const podController = z.object({
  metadata,
  spec: z
    .object({
      replicas: z.number().exactOptional(),
      template: z
        .object({ spec: z.object({ containers, initContainers: containers }).exactOptional() })
        .exactOptional(),
    })
    .exactOptional(),
});

const service = z.object({
  metadata,
  spec: z.object({ type: text, loadBalancerClass: text }).exactOptional(),
});

const ingress = z.object({ metadata, spec: z.object({ ingressClassName: text }).exactOptional() });

const ingressClass = z.object({
  metadata,
  spec: z
    .object({ controller: text, parameters: z.object({ kind: text, name: text }).exactOptional() })
    .exactOptional(),
});

const ingressClassParams = z.object({
  metadata,
  spec: z
    .object({
      ...{ scheme: text, ipAddressType: text },
      subnets: z
        .object({ ids: texts, tags: z.record(z.string(), z.array(z.string())).exactOptional() })
        .exactOptional(),
    })
    .exactOptional(),
});

const eniConfig = z.object({
  metadata,
  spec: z.object({ subnet: text, securityGroups: texts }).exactOptional(),
});

const node = z.object({
  metadata: metadata.extend({ annotations: words.exactOptional() }),
  spec: z.object({ providerID: text }).exactOptional(),
  status: z.object({ capacity: words.exactOptional(), allocatable: words.exactOptional() }).exactOptional(),
});

const lists = z.object({
  ...{ deployments: items(podController), daemonsets: items(podController), services: items(service) },
  ...{ ingresses: items(ingress), ingressclasses: items(ingressClass) },
  ...{ ingressclassparams: items(ingressClassParams), eniconfigs: items(eniConfig), nodes: items(node) },
});

export const clusterObjects = lists.transform(({ nodes, ...rest }): z.output<typeof lists> => {
  if (!nodes) return rest;
  const known = eniConfigAnnotations(rest.daemonsets?.items ?? []);
  return { ...rest, nodes: { items: nodes.items.map((each) => withAnnotations(each, known)) } };
});

/** By which annotations nodes name their ENIConfig; the CNI may be told of another. https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network.html */
function eniConfigAnnotations(workloads: readonly z.output<typeof podController>[]): string[] {
  const containers = workloads.flatMap(({ spec }) => spec?.template?.spec?.containers ?? []);
  const told = containers.flatMap(({ env = [] }) => env.filter(({ name }) => name === 'ENI_CONFIG_ANNOTATION_DEF'));
  return ['k8s.amazonaws.com/eniConfig', ...told.flatMap(({ value }) => value ?? [])];
}

function withAnnotations(item: z.output<typeof node>, known: readonly string[]): z.output<typeof node> {
  const { annotations, ...rest } = item.metadata;
  if (!annotations) return item;
  const kept = Object.fromEntries(Object.entries(annotations).filter(([key]) => known.includes(key)));
  return { ...item, metadata: { ...rest, annotations: kept } };
}
