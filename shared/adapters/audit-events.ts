import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { AuditNews } from '../audit/render/changes-text.ts';
import type { AuditResult } from '../audit/result.ts';
import type { NewsPort } from './audit-topic.ts';
import { during } from './during.ts';

export const eventSource = 'eks-node-lifecycle';
export const auditDetailTypes = { new: 'Audit Finding New', resolved: 'Audit Finding Resolved' } as const;

/** Of one call: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const mostEntries = 10;
const attempts = 3;
/** A command is pasted whole or not at all. */
const mostCommandCharacters = 8_000;

/** One event on the account's own bus for each finding that is new or resolved. What is refused of a call is put again. */
export function createAuditEvents(client: Pick<EventBridgeClient, 'send'>): NewsPort {
  return {
    name: 'EventBridge',
    tell: async (news, signal) => {
      const entries = (['new', 'resolved'] as const).flatMap((change) =>
        news.changes[change].map((result) => entryOf(change, result, news)),
      );
      for (let at = 0; at < entries.length; at += mostEntries) {
        await during('putting events', signal, putAll(client, entries.slice(at, at + mostEntries), signal));
      }
    },
  };
}

async function putAll(
  client: Pick<EventBridgeClient, 'send'>,
  entries: readonly PutEventsRequestEntry[],
  signal: AbortSignal,
): Promise<void> {
  let left = [...entries];
  for (let attempt = 1; ; attempt += 1) {
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: left }), { abortSignal: signal });
    const refused = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
    left = left.filter((_, index) => Entries[index]?.ErrorCode !== undefined);
    if (left.length === 0) return;
    if (attempt === attempts) throw new Error(`${left.length} refused: ${refused?.ErrorCode} ${refused?.ErrorMessage}`);
  }
}

function entryOf(change: keyof typeof auditDetailTypes, result: AuditResult, { report, url }: AuditNews) {
  // What was seen is in the report: an entry has its limit.
  const { evidence: _, remediation: { command, docs } = {}, ...finding } = result;
  const { audit, account, region, startedAt, complete } = report.run;
  const remediation = {
    ...(command !== undefined && command.length <= mostCommandCharacters && { command }),
    ...(docs !== undefined && { docs }),
  };
  return {
    Source: eventSource,
    DetailType: auditDetailTypes[change],
    Resources: finding.resource.startsWith('arn:') ? [finding.resource] : [],
    Detail: JSON.stringify({
      version: 1,
      ...{ change, audit, account, region, startedAt, complete, report: url },
      finding: { ...finding, remediation },
    }),
  };
}
