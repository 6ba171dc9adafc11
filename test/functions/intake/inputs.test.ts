import { describe, expect, it } from 'vitest';
import type { ActionKind } from '../../../shared/settings/intake.ts';
import { createInvocation, readEvent, terminateMachine } from './invoke.ts';

const kinds: ActionKind[] = [
  'terminate',
  'launch',
  'spot-interruption',
  'rebalance',
  'state-change',
  'scheduled-change',
];
const stateMachines = Object.fromEntries(kinds.map((kind) => [kind, terminateMachine]));

/** The inputs of the executions that files start, one text each. */
async function inputsOf(...files: string[]): Promise<string[]> {
  const { invoke, executions } = createInvocation({ stateMachines });
  for (const file of files) await invoke(readEvent(file));
  return executions.names().map((name) => executions.input(name) as string);
}

const actionsOf = async (file: string) => (await inputsOf(file)).map((input) => JSON.parse(input).action);

const capture = {
  version: 1,
  kind: 'terminate',
  account: '123456789012',
  region: 'us-east-1',
  instanceId: 'i-05629ab7d9287e205',
  groupName: 'example-asg',
  hookName: 'dev-sg-dns-discovery-drain',
  token: '465e0162-e6af-4786-b4e8-bb544ae58790',
};
const documented = {
  version: 1,
  account: '123456789012',
  region: 'us-east-1',
  instanceId: 'i-1234567890abcdef0',
  groupName: 'my-asg',
  hookName: 'my-lifecycle-hook',
  token: '87654321-4321-4321-4321-210987654321',
};
const metadata = 'additional-info';
const retirement = {
  version: 1,
  kind: 'scheduled-change',
  account: '123456789012',
  region: 'us-east-1',
  detail: 'AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED',
  noticeId:
    'arn:aws:health:us-east-1::event/EC2/AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED/AWS_EC2_PERSISTENT_INSTANCE_RETIREMENT_SCHEDULED_90353408594353980 2026-06-05T15:10:09.000Z',
  at: '2026-06-05T15:10:09.000Z',
};
const spot = { version: 1, account: '123456789012', region: 'us-east-1', instanceId: 'i-0b662ef9931388ba0' };

const cases: [file: string, actions: object[]][] = [
  ['sns-terminate.json', [capture]],
  ['sns-terminate-metadata.json', [{ ...capture, metadata: '{"cluster":"blue"}' }]],
  ['sqs-raw-terminate.json', [capture]],
  ['eventbridge-launch.json', [{ ...documented, kind: 'launch' }]],
  ['eventbridge-warm-pool-launch-straight.json', [{ ...documented, kind: 'launch', metadata }]],
  [
    'eventbridge-warm-pool-launch-into.json',
    [{ ...documented, kind: 'launch', metadata, origin: 'EC2', destination: 'WarmPool' }],
  ],
  [
    'eventbridge-warm-pool-launch-out-of.json',
    [{ ...documented, kind: 'launch', metadata, origin: 'WarmPool', destination: 'AutoScalingGroup' }],
  ],
  [
    'eventbridge-warm-pool-return.json',
    [{ ...documented, kind: 'terminate', metadata, origin: 'AutoScalingGroup', destination: 'WarmPool' }],
  ],
  [
    'eventbridge-warm-pool-terminate.json',
    [{ ...documented, kind: 'terminate', metadata, origin: 'WarmPool', destination: 'EC2' }],
  ],
  [
    'eventbridge-spot-interruption.json',
    [
      {
        ...spot,
        kind: 'spot-interruption',
        detail: 'terminate',
        noticeId: '1e5527d7-bb36-4607-3370-4164db56a40e',
        at: '2026-03-28T00:14:37.000Z',
      },
    ],
  ],
  ['eventbridge-rebalance.json', [{ ...spot, kind: 'rebalance', noticeId: '5d5555d5-dd55-5555-5555-5555dd55d55d' }]],
  [
    'eventbridge-state-change-stopping.json',
    [
      {
        ...spot,
        instanceId: 'i-abcd1111',
        kind: 'state-change',
        detail: 'stopping',
        noticeId: '7bf73129-1428-4cd3-a780-95db273d1602',
        at: '2022-03-28T00:12:37.000Z',
      },
    ],
  ],
  [
    'eventbridge-health-several-instances.json',
    ['i-abcd1111', 'i-abcd2222', 'i-abcd3333'].map((instanceId) => ({ ...retirement, instanceId })),
  ],
  ['eventbridge-health-backup-region.json', [{ ...retirement, instanceId: 'i-abcd1111' }]],
];

describe('what the state machine is handed', () => {
  it.each(cases)('is all that %s says that its duplicates say too', async (file, actions) => {
    expect(await actionsOf(file)).toEqual(actions);
  });

  it('is a first tick: the action, its keys in order, and no state yet', async () => {
    expect(await inputsOf('sqs-direct-terminate.json')).toEqual([
      '{"action":{"account":"123456789012","groupName":"my-asg","hookName":"test-nth-asg-to-sqs",' +
        '"instanceId":"i-040107f6ba000e5ee","kind":"terminate","region":"us-east-1",' +
        '"token":"b4dd0f5b-0ef2-4479-9dad-6c55f027000e","version":1},"state":null}',
    ]);
  });

  it('is one execution and one input for an action that comes over SNS, SQS and EventBridge', async () => {
    const inputs = await inputsOf(
      'sns-terminate.json',
      'sns-terminate-older.json',
      'eventbridge-terminate-duplicate.json',
      'sns-eventbridge-terminate.json',
      'sqs-sns-terminate.json',
      'sqs-raw-terminate.json',
      'sqs-duplicates.json',
    );
    expect(inputs).toHaveLength(1);
    for (const file of ['sns-terminate.json', 'eventbridge-terminate-duplicate.json', 'sqs-raw-terminate.json']) {
      expect(await inputsOf(file)).toEqual(inputs);
    }
  });

  it('is another execution for a scheduled change that is put off, and the same for one that is only told again', async () => {
    const { invoke, executions } = createInvocation({ stateMachines });
    const event = JSON.stringify(readEvent('eventbridge-health-backup-region.json'));
    await invoke(JSON.parse(event));
    await invoke(JSON.parse(event.replace('"upcoming"', '"open"')));
    expect(executions.names()).toHaveLength(1);
    await invoke(JSON.parse(event.replace('05 Jun 2026 15:10:09', '12 Jun 2026 15:10:09')));
    expect(executions.names()).toHaveLength(2);
  });

  it('is nothing for a scheduled change of no single region', async () => {
    const { invoke, executions, lines } = createInvocation({ stateMachines });
    const event = JSON.stringify(readEvent('eventbridge-health-backup-region.json'));
    await invoke(JSON.parse(event.replace('"eventRegion":"us-east-1"', '"eventRegion":"global"')));
    expect(executions.names()).toEqual([]);
    expect(lines()).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ outcome: 'refused', reason: 'other-region' }) }),
    );
  });

  it('is of the region of the topic, in any partition', async () => {
    const { invoke, executions } = createInvocation({ topicArns: [] });
    const event = JSON.stringify(readEvent('sns-terminate.json'));
    const invokedFunctionArn = 'arn:aws-cn:lambda:cn-north-1:123456789012:function:intake';
    const there = JSON.parse(event.replaceAll('arn:aws:sns:us-east-1', 'arn:aws-cn:sns:cn-north-1'));
    await invoke(there, { invokedFunctionArn });
    const [input] = executions.names().map((name) => executions.input(name) as string);
    expect(JSON.parse(input ?? '{}').action).toEqual({ ...capture, region: 'cn-north-1' });
  });

  it('is of the region of the topic, also when the queue behind it is in another', async () => {
    const { invoke, executions } = createInvocation();
    const event = JSON.stringify(readEvent('sqs-sns-terminate.json'));
    await invoke(JSON.parse(event.replaceAll('"awsRegion":"us-east-1"', '"awsRegion":"eu-west-1"')));
    const inputs = executions.names().map((name) => executions.input(name));
    expect(inputs).toEqual(await inputsOf('sns-terminate.json'));
  });

  it('is still an action when the message also calls itself by an event', async () => {
    const { invoke, executions } = createInvocation();
    const event = JSON.stringify(readEvent('sns-terminate.json'));
    const named = '{\\"Event\\":\\"autoscaling:EC2_INSTANCE_TERMINATE\\",\\"Origin\\"';
    await invoke(JSON.parse(event.replace('{\\"Origin\\"', named)));
    expect(executions.names()).toHaveLength(1);
    expect(event).not.toContain('autoscaling:EC2_INSTANCE_TERMINATE\\"');
  });
});
