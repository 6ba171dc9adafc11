import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { expect, it } from 'vitest';
import { createGroupMembers } from '../../../shared/adapters/group-members.ts';
import { executionsOf, instanceId, startAws } from '../../sandbox/aws/start-aws.ts';

const signal = new AbortController().signal;

it('lists the instances of a group as Auto Scaling has them, and none of a group that is not there', async () => {
  const aws = await startAws({ executions: executionsOf({}) });
  const members = createGroupMembers(new AutoScalingClient(aws.clientOptions));
  const instances = await members.groupInstances('workers', signal);
  expect(instances).toContainEqual({
    instanceId,
    lifecycleState: 'InService',
    zone: 'eu-west-1a',
  });
  expect(await members.describeGroup('workers', signal)).toMatchObject({ name: 'workers' });
  expect(await members.groupInstances('missing', signal)).toBeUndefined();
  const cut = AbortSignal.abort(new Error('over'));
  await expect(members.groupInstances('workers', cut)).rejects.toThrow();
});
