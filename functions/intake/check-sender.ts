import type { EventAction } from '../../shared/lifecycle/action.ts';
import type { Refused } from './reading.ts';

export interface OurSide {
  account: string;
  /** Of the function itself: its clients speak to this region and know no instance of another. */
  region: string;
  /** Empty: every topic of our account. */
  topicArns: readonly string[];
}

export function checkTopic(topicArn: string | undefined, { account, topicArns }: OurSide): Refused | undefined {
  if (topicArn === undefined || topicArns.includes(topicArn)) return undefined;
  if (topicArns.length === 0 && topicArn.split(':')[4] === account) return undefined;
  return { found: 'refused', reason: 'other-topic', text: `TopicArn: ${topicArn} is not a topic of ours` };
}

export function checkPlace(actions: readonly EventAction[], { account, region }: OurSide): Refused | undefined {
  for (const action of actions) {
    if (action.account !== account) return refused('other-account', `account: ${action.account}`, account);
    if (action.region !== region) return refused('other-region', `region: ${action.region}`, region);
  }
  return undefined;
}

const refused = (reason: Refused['reason'], theirs: string, ours: string): Refused => ({
  found: 'refused',
  reason,
  text: `${theirs} is not ours, ${ours}`,
});
