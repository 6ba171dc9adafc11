import { EC2Client } from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { createCompute } from '../../../shared/adapters/ec2.ts';
import { actionOf, instanceId, never, startAws } from '../../sandbox/aws/start-aws.ts';

it('tells the state of an instance until it is terminated, and undefined for one that never was', async () => {
  const aws = await startAws();
  const compute = createCompute(new EC2Client(aws.clientOptions));
  expect(await compute.instanceState(instanceId, never)).toBe('running');

  const { token } = actionOf(aws);
  aws.sandbox.scaling.completeAction({ groupName: 'workers', hookName: 'drain', token }, 'CONTINUE');
  expect(await compute.instanceState(instanceId, never)).toBe('shutting-down');
  await aws.clock.advance(30_000);
  expect(await compute.instanceState(instanceId, never)).toBe('terminated');

  expect(await compute.instanceState('i-never', never)).toBeUndefined();
});
