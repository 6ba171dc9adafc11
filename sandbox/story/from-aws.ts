import type { AwsCall } from '../aws/aws-sandbox.ts';
import { completionTold } from './from-auto-scaling.ts';
import type { Told } from './line.ts';

/** What AWS was asked to do; questions are no part of the story. */
export function fromAws({ operation, input }: AwsCall, transition?: 'launch' | 'terminate'): Told[] {
  if (operation === 'RecordLifecycleActionHeartbeat')
    return [{ mark: 'heartbeat', text: 'Auto Scaling is asked to go on waiting', tone: 'quiet' }];
  if (operation !== 'CompleteLifecycleAction') return [];
  return [completionTold(input.LifecycleActionResult, transition)];
}
