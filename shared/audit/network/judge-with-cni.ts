import type { Judged } from './check.ts';
import { type Cni, findCni } from './cni-look.ts';
import type { ClusterContext } from './context.ts';
import { unread } from './unread.ts';

/** What a check says of a cluster by its CNI; that there is none, or that it was not read, if so. */
export function judgeWithCni(context: ClusterContext, judge: (cni: Cni) => Judged[]): Judged[] {
  const cni = findCni(context);
  const { arn: resource } = context;
  if (cni === 'unread') return [unread(context, resource, 'list daemonsets.apps')];
  if (cni !== 'none') return judge(cni);
  const text = 'the Amazon VPC CNI does not run in the cluster';
  return [{ status: 'NOT_APPLICABLE', resource, text, evidence: {} }];
}
