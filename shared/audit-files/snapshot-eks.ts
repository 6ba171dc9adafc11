import { parse } from 'yaml';
import * as z from 'zod';
import { isPlainSetting } from './snapshot-secrets.ts';

const text = z.string().exactOptional();
const flag = z.boolean().exactOptional();
const number = z.number().exactOptional();
const texts = z.array(z.string()).exactOptional();
const listOf = <T extends z.ZodType>(item: T) => z.array(item).exactOptional();
const health = z
  .object({ issues: listOf(z.object({ code: text, message: text, resourceIds: texts })) })
  .exactOptional();

const cluster = z.object({
  ...{ name: z.string(), arn: text, version: text, status: text, health },
  resourcesVpcConfig: z
    .object({
      ...{ vpcId: text, subnetIds: texts, securityGroupIds: texts, clusterSecurityGroupId: text },
      ...{ endpointPublicAccess: flag, endpointPrivateAccess: flag, publicAccessCidrs: texts },
    })
    .exactOptional(),
  kubernetesNetworkConfig: z
    .object({
      ...{ ipFamily: text, serviceIpv4Cidr: text, serviceIpv6Cidr: text },
      elasticLoadBalancing: z.object({ enabled: flag }).exactOptional(),
    })
    .exactOptional(),
  computeConfig: z.object({ enabled: flag }).exactOptional(),
  outpostConfig: z.object({ outpostArns: texts }).exactOptional(),
  tags: z.record(z.string(), z.string()).exactOptional(),
});

const nodegroup = z.object({
  ...{ nodegroupName: z.string(), nodegroupArn: text, clusterName: z.string(), status: text },
  ...{ subnets: texts, instanceTypes: texts, amiType: text, health },
  launchTemplate: z.object({ id: text, name: text, version: text }).exactOptional(),
  scalingConfig: z.object({ minSize: number, maxSize: number, desiredSize: number }).exactOptional(),
  updateConfig: z.object({ maxUnavailable: number, maxUnavailablePercentage: number }).exactOptional(),
  resources: z.object({ autoScalingGroups: listOf(z.object({ name: text })) }).exactOptional(),
});

const fargateProfile = z.object({
  ...{ fargateProfileName: z.string(), fargateProfileArn: text, clusterName: z.string() },
  ...{ subnets: texts, status: text },
});

const addon = z.object({
  ...{ addonName: z.string(), clusterName: z.string(), addonVersion: text, status: text },
  configurationValues: z
    .string()
    .transform((values) => plainValues(values))
    .exactOptional(),
});

export const clusterLists = {
  Clusters: z.array(cluster),
  Nodegroups: listOf(nodegroup),
  FargateProfiles: listOf(fargateProfile),
  Addons: listOf(addon),
};

/** Of what an add-on is configured with: the settings of the CNI, and where its ENIConfigs point. */
function plainValues(text: string): string {
  let values: unknown;
  try {
    values = parse(text);
  } catch {
    // EKS checks what it is given; what cannot be read cannot be known to hold no secret.
    return '{}';
  }
  const { env, eniConfig } = (values ?? {}) as { env?: Record<string, unknown>; eniConfig?: unknown };
  const plain = Object.entries(env ?? {}).filter(([name]) => isPlainSetting(name));
  return JSON.stringify({
    ...(env && { env: Object.fromEntries(plain) }),
    ...(eniConfig !== undefined && { eniConfig }),
  });
}
