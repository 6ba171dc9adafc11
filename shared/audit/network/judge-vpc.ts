import type { Judged } from './check.ts';
import type { ClusterContext } from './context.ts';
import type { Vpc } from './ec2-shapes.ts';
import { ec2Arn } from './names.ts';
import { unread } from './unread.ts';

/** What a check says of the cluster's VPC; when that was not read, or is not to be seen, that. */
export function judgeVpc(context: ClusterContext, judge: (vpc: Vpc, resource: string) => Judged[]): Judged[] {
  const { vpc, vpcId, snapshot, arn } = context;
  if (vpcId === undefined) return [unread(context, arn, 'eks:DescribeCluster')];
  if (vpc) return judge(vpc, ec2Arn(context, `vpc/${vpcId}`, vpc.OwnerId));
  const resource = ec2Arn(context, `vpc/${vpcId}`);
  if (!snapshot.Vpcs) return [unread(context, resource, 'ec2:DescribeVpcs')];
  const text = `${vpcId} is not among the VPCs that were read`;
  return [{ status: 'UNKNOWN', resource, text, evidence: { vpc: vpcId }, missing: ['ec2:DescribeVpcs'] }];
}
