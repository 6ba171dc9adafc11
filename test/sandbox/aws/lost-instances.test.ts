import { EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { createCompute } from '../../../shared/adapters/ec2.ts';
import { actionOf, instanceId, never, startAws } from './start-aws.ts';

async function setUp() {
  const aws = await startAws();
  return { ...aws, aws, compute: createCompute(new EC2Client(aws.clientOptions)) };
}

describe('EC2 in the sandbox, as its own client sees it,', () => {
  it('tells a spot instance from any other', async () => {
    const { sandbox, compute } = await setUp();
    expect(await compute.instanceFacts(instanceId, never)).toEqual({ state: 'running', isSpot: false });
    sandbox.instances.set(instanceId, { spot: true });
    expect(await compute.instanceFacts(instanceId, never)).toEqual({ state: 'running', isSpot: true });
    expect(await compute.instanceFacts('i-never', never)).toBeUndefined();
  });

  it('tells the scheduled events of an instance, of which those that are over are not to come', async () => {
    const { sandbox, compute } = await setUp();
    expect(await compute.scheduledEvents(instanceId, never)).toEqual([]);
    sandbox.instances.set(instanceId, {
      scheduledEvents: [
        { code: 'system-reboot', description: '[Completed] The host is rebooted' },
        { code: 'instance-stop', description: '[Canceled] The instance is stopped' },
        { code: 'instance-retirement', description: 'The host is degraded' },
      ],
    });
    expect(await compute.scheduledEvents(instanceId, never)).toEqual(['instance-retirement']);
    expect(await compute.scheduledEvents('i-never', never)).toEqual([]);
  });

  it('tells scheduled events of an instance that runs no longer, too', async () => {
    const { sandbox, compute } = await setUp();
    const scheduledEvents = [{ code: 'instance-stop', description: 'Maintenance' }];
    sandbox.instances.set(instanceId, { scheduledEvents });
    sandbox.scaling.loseInstance(instanceId, 'stopped');
    expect(await compute.scheduledEvents(instanceId, never)).toEqual(['instance-stop']);
  });

  it.each([
    ['terminated', 'shutting-down'],
    ['stopped', 'stopping'],
  ] as const)('has an instance that is lost %s after a while, and Auto Scaling does not know', async (to, first) => {
    const { sandbox, compute, clock } = await setUp();
    sandbox.scaling.loseInstance(instanceId, to);
    expect(await compute.instanceState(instanceId, never)).toBe(first);
    await clock.advance(5_000);
    expect(await compute.instanceState(instanceId, never)).toBe(to);
    expect(sandbox.scaling.instance(instanceId)?.lifecycleState).toBe('InService');
  });

  it('holds the place of an instance that is lost for its hooks all the same', async () => {
    const { aws, sandbox, compute } = await setUp();
    sandbox.scaling.loseInstance(instanceId, 'terminated');
    const { token } = actionOf(aws);
    expect(sandbox.scaling.instance(instanceId)?.lifecycleState).toBe('Terminating:Wait');
    expect(await compute.instanceState(instanceId, never)).toBe('shutting-down');
    sandbox.scaling.completeAction({ groupName: 'workers', hookName: 'drain', token }, 'CONTINUE');
    expect(sandbox.scaling.instance(instanceId)?.lifecycleState).toBe('Terminating:Proceed');
  });
});
