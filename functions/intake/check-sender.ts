import type { LifecycleAction } from '../../shared/lifecycle/action.ts';
import type { Refused } from './reading.ts';

export interface OurSide {
  account: string;
  /** Empty: every topic of our account. */
  topicArns: readonly string[];
}

export function checkTopic(topicArn: string | undefined, { account, topicArns }: OurSide): Refused | undefined {
  if (topicArn === undefined || topicArns.includes(topicArn)) return undefined;
  if (topicArns.length === 0 && topicArn.split(':')[4] === account) return undefined;
  return { found: 'refused', reason: 'other-topic', text: `TopicArn: ${topicArn} is not a topic of ours` };
}

export function checkAccount(actions: readonly LifecycleAction[], { account }: OurSide): Refused | undefined {
  const stranger = actions.find((action) => action.account !== account);
  if (!stranger) return undefined;
  return { found: 'refused', reason: 'other-account', text: `account: ${stranger.account} is not ours, ${account}` };
}
