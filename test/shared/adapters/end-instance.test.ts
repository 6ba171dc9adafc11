import { AutoScalingClient, TerminateInstanceInAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { createEndInstance } from '../../../shared/adapters/end-instance.ts';

const client = mockClient(AutoScalingClient);
const { terminate } = createEndInstance(client as unknown as AutoScalingClient);
const signal = new AbortController().signal;
const refused = (name: string, message: string) => Object.assign(new Error(message), { name });

beforeEach(() => {
  client.reset();
  client.onAnyCommand().rejects(new Error('unexpected command'));
});

it('ends an instance by its group, and says whether the group is to keep one less', async () => {
  client.on(TerminateInstanceInAutoScalingGroupCommand).resolves({});
  expect(await terminate('i-1', { decrement: true }, signal)).toBe('done');
  const [call] = client.commandCalls(TerminateInstanceInAutoScalingGroupCommand);
  expect(call?.args[0].input).toEqual({ InstanceId: 'i-1', ShouldDecrementDesiredCapacity: true });
});

it.each([
  ['ScalingActivityInProgressFault', 'a scaling activity is in progress', 'busy'],
  ['ResourceContentionFault', 'there is already a pending update', 'busy'],
  ['ValidationError', 'Instance Id not found - No managed instance found for instance ID: i-1', 'gone'],
])('answers %s with a value', async (name, message, expected) => {
  client.on(TerminateInstanceInAutoScalingGroupCommand).rejects(refused(name, message));
  expect(await terminate('i-1', { decrement: false }, signal)).toBe(expected);
});

it.each([
  [
    'ValidationError',
    'Currently, desiredSize equals minSize (1). Terminating instance without replacement will violate group',
  ],
  ['AccessDenied', 'not authorized'],
])('throws what is no answer: %s', async (name, message) => {
  client.on(TerminateInstanceInAutoScalingGroupCommand).rejects(refused(name, message));
  await expect(terminate('i-1', { decrement: true }, signal)).rejects.toThrow(
    `ending instance i-1: ${name}: ${message}`,
  );
});
