import type { AwsCall } from '../aws/aws-sandbox.ts';
import type { Told } from './line.ts';

/** What AWS was asked to do; questions are no part of the story. */
export function fromAws({ operation, input }: AwsCall): Told[] {
  if (operation === 'RecordLifecycleActionHeartbeat')
    return [{ mark: 'heartbeat', text: 'Auto Scaling is asked to go on waiting', tone: 'quiet' }];
  if (operation !== 'CompleteLifecycleAction') return [];
  return [
    {
      mark: 'complete',
      text: `Auto Scaling is told ${input.LifecycleActionResult}: the instance may go`,
      tone: 'good',
    },
  ];
}
