import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../../sandbox/aws/service-faults.ts';
import { createAutoScaling } from '../../../shared/adapters/auto-scaling.ts';
import { noteRepeatedCalls } from '../../../shared/adapters/repeated-calls.ts';
import { instanceId, never, startAws } from '../../sandbox/aws/start-aws.ts';

function listen() {
  const told: { message: string; fields: object | undefined }[] = [];
  const counts: number[] = [];
  const line = (message: string, fields?: object) => void told.push({ message, fields });
  noteRepeatedCalls({
    log: { debug: line, info: line, warn: line, error: line },
    metrics: { add: (...[, , value]) => void counts.push(value) },
  });
  return { told, counts };
}

describe('a call of AWS that is repeated', () => {
  it('is counted and told with what it was, when it succeeds after all', async () => {
    const { told, counts } = listen();
    const { sandbox, clientOptions } = await startAws();
    const autoScaling = createAutoScaling(new AutoScalingClient(clientOptions));
    await autoScaling.describeInstance(instanceId, never);
    expect(counts).toEqual([]);
    sandbox.faults.add({
      match: /DescribeAutoScalingInstances/,
      times: 2,
      effect: refusal('autoscaling', 'throttled'),
    });
    await autoScaling.describeInstance(instanceId, never);
    expect(counts).toEqual([2]);
    expect(told).toEqual([
      {
        message: 'call repeated',
        fields: {
          client: 'AutoScalingClient',
          command: 'DescribeAutoScalingInstancesCommand',
          attempts: 3,
          error: undefined,
        },
      },
    ]);
  });

  it('is told with its error, when it does not', async () => {
    const { told, counts } = listen();
    const { sandbox, clientOptions } = await startAws();
    sandbox.faults.add({ match: /./, effect: refusal('autoscaling', 'throttled') });
    await expect(
      createAutoScaling(new AutoScalingClient(clientOptions)).describeInstance(instanceId, never),
    ).rejects.toThrow();
    expect(counts).toEqual([4]);
    expect(told).toMatchObject([{ fields: { attempts: 5, error: expect.stringMatching(/Throttling/) } }]);
  });
});
