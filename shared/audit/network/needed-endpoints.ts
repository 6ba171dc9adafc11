import type { ClusterContext } from './context.ts';

/** A service that nodes without a way out call through an endpoint. */
export interface NeededService {
  /** As in an endpoint's service name, for example `ecr.api`. */
  name: string;
  /** `unread`: whether the cluster uses it is not known. */
  use: 'always' | 'yes' | 'no' | 'unread';
}

/** https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html */
export function neededServices(context: ClusterContext): NeededService[] {
  const always = ['ec2', 'ecr.api', 'ecr.dkr', 's3', 'sts', 'eks'].map((name) => ({ name, use: 'always' }) as const);
  return [
    ...always,
    { name: 'eks-auth', use: runs(context, { addon: 'eks-pod-identity-agent', workload: /^eks-pod-identity-agent$/ }) },
    {
      name: 'logs',
      use: runs(context, {
        addon: 'amazon-cloudwatch-observability',
        workload: /fluent-?bit|fluentd|cloudwatch-agent|^aws-for-fluent-bit/,
      }),
    },
    { name: 'elasticloadbalancing', use: balancing(context) },
    { name: 'autoscaling', use: runs(context, { workload: /cluster-autoscaler/ }) },
  ];
}

function runs(
  { addons, kubernetes }: ClusterContext,
  { addon, workload }: { addon?: string; workload: RegExp },
): NeededService['use'] {
  const { deployments, daemonsets } = kubernetes;
  const running = [...(deployments?.items ?? []), ...(daemonsets?.items ?? [])];
  const installed = addon !== undefined && addons?.some(({ addonName }) => addonName === addon);
  if (installed || running.some(({ metadata }) => workload.test(metadata.name))) return 'yes';
  return deployments && daemonsets ? 'no' : 'unread';
}

/** EKS Auto Mode calls from outside of the VPC. */
function balancing({ controller }: ClusterContext): NeededService['use'] {
  if (controller === 'unread') return 'unread';
  return typeof controller === 'object' && controller.kind === 'load-balancer-controller' ? 'yes' : 'no';
}
