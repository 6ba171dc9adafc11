import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AutoScalingClient, TerminateInstanceInAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { askedOnce } from '../../../shared/adapters/client-defaults.ts';
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
  ['Throttling', 'Rate exceeded', 'busy'],
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
])('throws what is no answer: %s', async (name, message) => {
  client.on(TerminateInstanceInAutoScalingGroupCommand).rejects(refused(name, message));
  await expect(terminate('i-1', { decrement: true }, signal)).rejects.toThrow(
    `ending instance i-1: ${name}: ${message}`,
  );
});

it('names the right that is missing', async () => {
  client.on(TerminateInstanceInAutoScalingGroupCommand).rejects(refused('AccessDenied', 'not authorized'));
  const error = await terminate('i-1', { decrement: true }, signal).catch((thrown: Error) => thrown);
  expect((error as Error).cause).toMatchObject({ right: 'autoscaling:TerminateInstanceInAutoScalingGroup' });
});

it('asks once when nobody answers: the group is not to be lowered twice', async () => {
  client.restore();
  let requests = 0;
  const server = createServer((request) => {
    requests += 1;
    request.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const real = new AutoScalingClient({ ...askedOnce, region: 'eu-west-1', endpoint, credentials });
  await expect(createEndInstance(real).terminate('i-1', { decrement: true }, signal)).rejects.toThrow(
    'ending instance',
  );
  expect(requests).toBe(1);
  await new Promise((resolve) => server.close(resolve));
});
