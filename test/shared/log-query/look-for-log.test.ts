import { EKSClient } from '@aws-sdk/client-eks';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../../sandbox/aws/service-faults.ts';
import { createClusterLogging } from '../../../shared/adapters/cluster-logging.ts';
import { createLogsInsights } from '../../../shared/adapters/logs-insights.ts';
import type { LogType } from '../../../shared/log-query/cluster-logging-port.ts';
import { lookForLog } from '../../../shared/log-query/look-for-log.ts';
import { never } from '../../sandbox/aws/start-aws.ts';
import { group, startLogs } from '../../sandbox/aws/start-logs.ts';

async function start(logTypes: readonly LogType[]) {
  const world = await startLogs();
  world.sandbox.clusters.set('prod', { name: 'prod', status: 'ACTIVE', logTypes, accessEntries: {} });
  const logging = createClusterLogging(new EKSClient(world.clientOptions));
  const ports = { logs: createLogsInsights(world.client), logging };
  const look = (groupName: string, cluster: string | undefined) =>
    lookForLog({ groupName, streams: ['audit'], discoveredFields: () => [] }, cluster, ports, never);
  return { ...world, logging, look };
}

describe('what a control plane logs', () => {
  it.each<[LogType[]]>([[[]], [['audit']], [['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']]])(
    'is %j',
    async (logTypes) => {
      const { logging } = await start(logTypes);
      expect(await logging.logTypes('prod', never)).toEqual(logTypes);
    },
  );

  it('is nothing where there is no cluster, and is asked again when EKS is busy', async () => {
    const { logging, sandbox, operations } = await start([]);
    sandbox.faults.add({ service: 'eks', match: /./, times: 2, effect: refusal('eks', 'throttled') });
    expect(await logging.logTypes('none', never)).toBe('gone');
    expect(operations()).toHaveLength(3);
  });

  it('cannot be told without the right to ask', async () => {
    const { logging, sandbox } = await start([]);
    sandbox.faults.add({ service: 'eks', match: /./, effect: refusal('eks', 'denied') });
    await expect(logging.logTypes('prod', never)).rejects.toThrow(
      'describing the logging of cluster prod: AccessDeniedException: ',
    );
  });
});

describe('looking for a log', () => {
  it('finds the group', async () => {
    const { look } = await start(['audit']);
    expect(await look(group, 'prod')).toEqual({ group: expect.objectContaining({ name: group }) });
  });

  it('finds the group with a warning when nothing is written any more', async () => {
    const { look } = await start([]);
    const warned = {
      group: expect.objectContaining({ name: group }),
      noLog: expect.objectContaining({ holdsOlder: true }),
    };
    expect(await look(group, 'prod')).toEqual(warned);
  });

  it('finds none, and says why', async () => {
    const { look } = await start(['audit']);
    expect(await look('/aws/eks/test/cluster', 'test')).toEqual({
      noLog: expect.objectContaining({ code: 'no-such-cluster' }),
    });
    expect(await look('other', 'prod')).toEqual({ noLog: expect.objectContaining({ code: 'no-log-group' }) });
  });

  it("asks EKS nothing of a group that is no cluster's", async () => {
    const { look, sandbox } = await start([]);
    expect(await look(group, undefined)).toEqual({ group: expect.objectContaining({ name: group }) });
    expect(sandbox.calls.map(({ service }) => service)).toEqual(['logs']);
  });
});
