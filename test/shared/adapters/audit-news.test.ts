import { describe, expect, it } from 'vitest';
import { createAuditEvents } from '../../../shared/adapters/audit-events.ts';
import { createAuditTopic } from '../../../shared/adapters/audit-topic.ts';
import { createSecurityHub } from '../../../shared/adapters/security-hub.ts';
import type { AuditNews } from '../../../shared/audit/render/changes-text.ts';
import { resultFor, subnetArn } from '../audit/builders.ts';
import { exampleReport } from '../audit/example-report.ts';

const never = new AbortController().signal;
const topicArn = 'arn:aws:sns:eu-west-1:123456789012:network';
const many = (count: number) => Array.from({ length: count }, (_, at) => resultFor({ resource: subnetArn(`n${at}`) }));
const newsOf = (changes: Partial<AuditNews['changes']> = {}): AuditNews => ({
  report: exampleReport(),
  changes: { new: [], resolved: [], ...changes },
  url: 's3://bucket/1.json',
});

/** A client whose answers are given in turn; what it is asked beyond them fails. */
function clientOf(...answers: unknown[]) {
  const sent: { name: string; input: Record<string, unknown> }[] = [];
  const send = async (command: { constructor: { name: string }; input: never }) => {
    sent.push({ name: command.constructor.name, input: command.input });
    if (answers.length === 0) throw new Error(`nobody answers ${command.constructor.name}`);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { sent, client: { send } as never };
}

describe('events', () => {
  it('are put ten at a time, and what is refused of a call is put again', async () => {
    const refused = { ErrorCode: 'InternalFailure', ErrorMessage: 'again' };
    const { sent, client } = clientOf(
      { Entries: [refused, ...Array(9).fill({})] },
      { Entries: [{}] },
      { Entries: [{}, {}] },
    );
    await createAuditEvents(client).tell(newsOf({ new: many(11), resolved: many(1) }), never);
    const entries = sent.map(({ input }) => input.Entries as unknown as { DetailType: string; Detail: string }[]);
    expect(entries.map(({ length }) => length)).toEqual([10, 1, 2]);
    expect(entries[1]?.[0]).toEqual(entries[0]?.[0]);
    expect(entries[2]?.map(({ DetailType }) => DetailType)).toEqual(['Audit Finding New', 'Audit Finding Resolved']);
  });

  it('that stay refused are an error with their reason', async () => {
    const refused = { Entries: [{ ErrorCode: 'NotAuthorized', ErrorMessage: 'no' }] };
    const { client } = clientOf(refused, refused, refused);
    await expect(createAuditEvents(client).tell(newsOf({ new: many(1) }), never)).rejects.toThrow(
      'putting events: Error: 1 refused: NotAuthorized no',
    );
  });

  it('have what the finding is, not what was seen, and a command whole or not at all', async () => {
    const { sent, client } = clientOf({});
    const long = resultFor({
      evidence: { tag: 'x' },
      remediation: { command: 'x'.repeat(9_000), docs: 'https://example.com' },
    });
    await createAuditEvents(client).tell(newsOf({ new: [long] }), never);
    const [entry] = (sent[0]?.input.Entries ?? []) as { Detail: string; Resources: string[] }[];
    const { finding } = JSON.parse(entry?.Detail ?? '');
    expect(finding).toMatchObject({
      id: 'NET-05',
      fingerprint: long.fingerprint,
      remediation: { docs: 'https://example.com' },
    });
    expect(finding).not.toHaveProperty('evidence');
    expect(finding.remediation).not.toHaveProperty('command');
    expect(entry?.Resources).toEqual([long.resource]);
  });
});

describe('the message', () => {
  const messageOf = async (news: AuditNews) => {
    const { sent, client } = clientOf({});
    await createAuditTopic(client, { topicArn }).tell(news, never);
    return sent[0]?.input as unknown as { Subject: string; Message: string; MessageAttributes: unknown };
  };

  it('names what is new with its command, what is resolved, and that not everything could be seen', async () => {
    const command = 'aws ec2 create-tags --resources subnet-1';
    const [found, gone] = [resultFor({ remediation: { command } }), resultFor({ resource: subnetArn('gone') })];
    const { Subject, Message, MessageAttributes } = await messageOf(newsOf({ new: [found], resolved: [gone] }));
    expect(Subject).toBe('subnet-audit 123456789012 eu-west-1: 1 new, 1 resolved');
    expect(Message).toContain(
      `New:\n- high FAIL NET-05 demo ${subnetArn('1')}: no controller finds it\n    ${command}\n`,
    );
    expect(Message).toContain(`Resolved:\n- high FAIL NET-05 demo ${subnetArn('gone')}: no controller finds it\n`);
    expect(Message).toContain('Not everything could be seen: 1 unknown.');
    expect(Message).toContain('Open now: 1 critical, 1 high, 1 medium. Waived: 1.');
    expect(MessageAttributes).toMatchObject({
      worstNew: { StringValue: 'high' },
      audit: { StringValue: 'subnet-audit' },
    });
  });

  it('stays under the limit of SNS however much there is, and pastes nothing that hides something', async () => {
    const hostile = many(400).map((each) => ({
      ...each,
      reason: 'x\n'.repeat(4_000),
      remediation: { command: 'ls \u202e' },
    }));
    const { Message } = await messageOf(newsOf({ new: hostile, resolved: hostile }));
    expect(Buffer.byteLength(Message)).toBeLessThan(262_144);
    expect(Message).toContain('- and 350 more');
    expect(Message).not.toMatch(/ls|x\nx/);
  });
});

describe('Security Hub', () => {
  const finding = (Id: string) => ({ Id }) as never;
  const clock = { sleep: async () => {} };
  const failed = (Id: string, ErrorCode: string) => ({ Id, ErrorCode, ErrorMessage: 'no' });

  it('is given again what it failed to take, and not what it will never take', async () => {
    const { sent, client } = clientOf(
      { FailedFindings: [failed('a', 'InternalException'), failed('b', 'InvalidInput')] },
      { FailedFindings: [] },
    );
    const lost = await createSecurityHub(client, { clock }).importFindings(['a', 'b', 'c'].map(finding), never);
    expect(sent.map(({ input }) => (input.Findings as unknown as { Id: string }[]).map(({ Id }) => Id))).toEqual([
      ['a', 'b', 'c'],
      ['a'],
    ]);
    expect(lost).toEqual([{ id: 'b', code: 'InvalidInput', message: 'no' }]);
  });

  it('is given up on after three attempts, and what it never took is told', async () => {
    const again = { FailedFindings: [failed('a', 'InternalException')] };
    const { sent, client } = clientOf(again, again, again);
    const lost = await createSecurityHub(client, { clock }).importFindings([finding('a')], never);
    expect([sent.length, lost.map(({ id }) => id)]).toEqual([3, ['a']]);
  });

  it('that is not there is an error with its reason', async () => {
    const { client } = clientOf(Object.assign(new Error('not subscribed'), { name: 'InvalidAccessException' }));
    await expect(createSecurityHub(client, { clock }).importFindings([finding('a')], never)).rejects.toThrow(
      'importing 1 findings: InvalidAccessException: not subscribed',
    );
  });
});
