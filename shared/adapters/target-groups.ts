import {
  DeregisterTargetsCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Clock } from '../ports.ts';
import { answered } from './answered.ts';
import { isCausedBy, pacedCalls } from './paced-calls.ts';
import { sharedAnswers } from './shared-answers.ts';
import { tagKeysOf } from './tag-keys.ts';

export interface Group {
  arn: string;
  name: string;
  type: 'instance' | 'ip';
  vpcId: string | undefined;
}

export interface Target {
  id: string;
  port: number | undefined;
  state: string;
}

export type TargetGroups = ReturnType<typeof createTargetGroups>;

/** A quarter of what Elastic Load Balancing allows a whole account in a burst. */
const atOnce = 4;
const groupsMilliseconds = 60_000;
const gone = 'TargetGroupNotFoundException';

/** Target groups that may hold a node, each with all of its targets: one answer serves every drain. */
export function createTargetGroups(
  client: Pick<ElasticLoadBalancingV2Client, 'send'>,
  ports: { clock: Clock; random: () => number },
) {
  const call = pacedCalls({ prefix: 'elasticloadbalancing', atOnce }, ports);

  const groups = sharedAnswers<Group[]>(async (_, abortSignal) => {
    const found: Group[] = [];
    let Marker: string | undefined;
    do {
      const command = new DescribeTargetGroupsCommand({ PageSize: 400, Marker });
      const send = () => client.send(command, { abortSignal });
      const page = await call('DescribeTargetGroups', 'describing target groups', send, abortSignal);
      found.push(...(page.TargetGroups ?? []).flatMap(groupsThatMayHold));
      Marker = page.NextMarker;
    } while (Marker);
    return found;
  }, ports);

  const targets = sharedAnswers<Target[]>(async (TargetGroupArn, abortSignal) => {
    const send = () => client.send(new DescribeTargetHealthCommand({ TargetGroupArn }), { abortSignal });
    const what = `describing the targets of ${nameOf(TargetGroupArn)}`;
    try {
      const answer = await call('DescribeTargetHealth', what, send, abortSignal);
      return (answer.TargetHealthDescriptions ?? []).map(({ Target: target, TargetHealth }) => ({
        id: answered('Target.Id', target?.Id),
        port: target?.Port,
        state: TargetHealth?.State ?? 'unknown',
      }));
    } catch (error) {
      if (isCausedBy(error, gone)) return [];
      throw error;
    }
  }, ports);

  return {
    groups: (signal: AbortSignal) => groups.get('all', (_, age) => age < groupsMilliseconds, signal),

    targetsOf: ({ arn }: Group, isFresh: (targets: Target[], age: number) => boolean, signal: AbortSignal) =>
      targets.get(arn, isFresh, signal),

    /** The keys of each group's tags, by its ARN, without those that are gone. */
    tagKeys: (arns: readonly string[], abortSignal: AbortSignal) =>
      tagKeysOf(arns, gone, async (some) => {
        const send = () => client.send(new DescribeTagsCommand({ ResourceArns: some }), { abortSignal });
        const answer = await call('DescribeTags', 'describing the tags of target groups', send, abortSignal);
        return (answer.TagDescriptions ?? []).map(({ ResourceArn = '', Tags = [] }) => ({
          name: ResourceArn,
          keys: Tags.map(({ Key = '' }) => Key),
        }));
      }),

    /** Answers whether there was anything to take out. */
    async deregister({ arn }: Group, taken: readonly Target[], abortSignal: AbortSignal): Promise<boolean> {
      const Targets = taken.map(({ id, port }) => ({ Id: id, ...(port !== undefined && { Port: port }) }));
      const command = new DeregisterTargetsCommand({ TargetGroupArn: arn, Targets });
      const send = () => client.send(command, { abortSignal });
      try {
        await call('DeregisterTargets', `deregistering targets of ${nameOf(arn)}`, send, abortSignal);
        return true;
      } catch (error) {
        if (isCausedBy(error, gone, 'InvalidTargetException')) return false;
        throw error;
      } finally {
        targets.forget(arn);
      }
    },
  };
}

/** Neither functions and load balancers as targets, nor a group that no load balancer sends anything to. */
function groupsThatMayHold(group: TargetGroup): Group[] {
  const type = group.TargetType;
  if ((type !== 'instance' && type !== 'ip') || (group.LoadBalancerArns ?? []).length === 0) return [];
  const name = answered('TargetGroupName', group.TargetGroupName);
  return [{ arn: answered('TargetGroupArn', group.TargetGroupArn), name, type, vpcId: group.VpcId }];
}

/** `arn:aws:elasticloadbalancing:region:account:targetgroup/name/id` */
function nameOf(arn: string): string {
  return arn.split('/')[1] ?? arn;
}
