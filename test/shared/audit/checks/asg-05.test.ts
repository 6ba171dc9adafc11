import { describe, expect, test } from 'vitest';
import { asg05 } from '../../../../shared/audit/checks/asg-05.ts';
import { factsOf, foreign, wishes } from './facts.ts';

const ours = 'eks-node-lifecycle-terminate';

describe('ASG-05: the hooks that pause terminations are good ones', () => {
  test.each([
    ['our own as the stack puts it', {}],
    ['more time than the stack gives', { heartbeatSeconds: 7200 }],
    ['options beside the cluster', { metadata: '{"cluster":"demo","onDeadline":"continue"}' }],
    ['of another name, which says nothing of a cluster', { name: 'drain', metadata: 'x' }],
    ['one that the settings name and that notifies nobody', { ...foreign, name: 'legacy' }],
  ])('%s passes', (_, hook) => {
    expect(asg05.judge(factsOf([hook]), wishes)).toMatchObject([{ status: 'PASS' }]);
  });

  test.each([
    ['less time', { heartbeatSeconds: 300 }, 'WARN', ['heartbeatSeconds'], '--heartbeat-timeout 1800'],
    ['ABANDON', { defaultResult: 'ABANDON' }, 'WARN', ['defaultResult'], '--default-result CONTINUE'],
    ['ABANDON, under another name', { name: 'drain', defaultResult: 'ABANDON' }, 'WARN', ['defaultResult'], 'drain'],
    ['another topic', { topicArn: undefined }, 'WARN', ['topicArn'], wishes.topicArn],
    ['another role', { roleArn: 'arn:aws:iam::123456789012:role/x' }, 'WARN', ['roleArn'], wishes.roleArn],
    ['no metadata', { metadata: undefined }, 'WARN', ['metadata'], `'{"cluster":"demo"}'`],
    ['another cluster', { metadata: '{"cluster":"other","detachSeconds":9}' }, 'FAIL', ['metadata'], 'detachSeconds'],
    [
      'another cluster, under another name',
      { name: 'drain', metadata: '{"cluster":"b"}' },
      'FAIL',
      ['metadata'],
      'drain',
    ],
  ])('%s is told, with what differs and what puts it right', (_, hook, status, fields, fix) => {
    const [finding, ...more] = asg05.judge(factsOf([hook]), wishes);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ status, remediation: { command: expect.stringContaining(fix) } });
    expect(finding).toMatchObject({ resource: 'workers', matter: 'name' in hook ? hook.name : ours });
    expect(finding?.evidence.changes).toMatchObject(fields.map((field) => ({ field })));
  });

  test('several hooks warn that an instance waits for each; nothing else is said of the hooks of others', () => {
    expect(asg05.judge(factsOf([{}, { ...foreign, defaultResult: 'ABANDON' }]), wishes)).toMatchObject([
      { resource: 'workers', matter: 'several', status: 'WARN', evidence: { hooks: [ours, 'ship-logs'] } },
    ]);
  });

  test('a group that keeps what its hooks abandon leaks instances', () => {
    expect(asg05.judge(factsOf([{}], { retainsAbandoned: true }), wishes)).toMatchObject([
      {
        resource: 'workers',
        matter: 'retention',
        status: 'WARN',
        remediation: {
          command: expect.stringContaining(`'{"RetentionTriggers":{"TerminateHookAbandon":"terminate"}}'`),
        },
      },
    ]);
  });

  test('a group without such a hook is left to ASG-04', () => {
    expect(asg05.judge(factsOf([]), wishes)).toEqual([]);
  });
});
