import { readFileSync } from 'node:fs';

export function readEvent(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../events/${file}`, import.meta.url), 'utf8'));
}

/** Who and what a file of events/ speaks of: the sandbox is built to it, so that the file is delivered as it is. */
export function deliveredAction(file: 'sns-terminate.json' | 'sns-launch.json' = 'sns-terminate.json') {
  const { Records } = readEvent(file) as { Records: [{ Sns: { TopicArn: string; Message: string } }] };
  const { TopicArn: topicArn, Message: message } = Records[0].Sns;
  const said: Record<string, string> = JSON.parse(message);
  const field = (name: string) => {
    const value = said[name];
    if (value === undefined) throw new Error(`events/${file}: Message has no ${name}`);
    return value;
  };
  return {
    topicArn,
    region: topicArn.split(':')[3] ?? '',
    account: field('AccountId'),
    groupName: field('AutoScalingGroupName'),
    hookName: field('LifecycleHookName'),
    instanceId: field('EC2InstanceId'),
    token: field('LifecycleActionToken'),
  };
}

export type DeliveredAction = ReturnType<typeof deliveredAction>;
