import type { Act, targetOf } from './act.ts';
import { type Facts, factsOf } from './facts.ts';

/** A request that an audit log tells of, in full. */
export interface Done extends Omit<Act, 'facts'> {
  facts: Facts;
  /** Its sender is of the cast: what is known of it does not come from the log. Otherwise it is one of the plane's own components. */
  ours: boolean;
  /** In milliseconds since 1970: when the answer began, for those that have such an event, and when it was over. */
  startedAt: number | undefined;
  at: number;
  seconds: number;
  annotations: Readonly<Record<string, string>>;
  line: string;
}

interface AuditEvent {
  auditID: string;
  stage: string;
  verb: string;
  requestURI: string;
  user: { username?: string; groups?: string[]; extra?: Record<string, string[]> };
  impersonatedUser?: { username: string; groups?: string[] };
  sourceIPs?: string[];
  userAgent?: string;
  objectRef?: {
    apiGroup?: string;
    apiVersion?: string;
    resource?: string;
    subresource?: string;
    namespace?: string;
    name?: string;
  };
  responseStatus?: { code?: number; message?: string; reason?: string };
  requestObject?: unknown;
  responseObject?: unknown;
  requestReceivedTimestamp: string;
  stageTimestamp: string;
  annotations?: Record<string, string>;
}

/** Every request whose answer is over, read with nothing but JSON.parse. Credentials that are refused end where an answer begins. */
export function doneIn(log: string, acts: readonly Act[]): Done[] {
  const ours = new Map(acts.map((act) => [act.id, act]));
  const lines = log.split('\n').filter((line) => line !== '');
  const events = lines.map((line) => ({ line, event: JSON.parse(line) as AuditEvent }));
  const started = new Map(
    events.flatMap(({ event }) =>
      event.stage === 'ResponseStarted' ? [[event.auditID, Date.parse(event.stageTimestamp)] as const] : [],
    ),
  );
  return events
    .filter(({ event }) => event.stage === 'ResponseComplete' || event.responseStatus?.code === 401)
    .map(({ line, event }) => {
      const act = ours.get(event.auditID);
      const said = told(event);
      return {
        ...said,
        ...act,
        // kubectl speaks protobuf now and then, which its sender cannot read.
        facts: { ...said.facts, ...act?.facts },
        ours: act !== undefined,
        startedAt: started.get(event.auditID),
        at: Date.parse(event.stageTimestamp),
        seconds: microseconds(event.stageTimestamp) - microseconds(event.requestReceivedTimestamp),
        annotations: event.annotations ?? {},
        line,
      };
    });
}

/** What the log says itself. */
export function told(event: AuditEvent): Act {
  const { user, objectRef = {}, responseStatus = {}, impersonatedUser: other } = event;
  const { apiGroup, apiVersion, resource, subresource: sub, namespace: ns, name } = objectRef;
  const facts = factsOf(event.requestObject, event.responseObject);
  const target = { verb: event.verb, apiGroup, apiVersion, resource, sub, ns, name };
  return {
    id: event.auditID,
    ...(Object.fromEntries(Object.entries(target).filter(([, value]) => value !== undefined)) as unknown as ReturnType<
      typeof targetOf
    >),
    who: user.username ?? '',
    arn: user.extra?.canonicalArn?.[0],
    session: user.extra?.sessionName?.[0],
    group: user.groups?.[0],
    ip: event.sourceIPs?.[0] ?? '',
    ua: event.userAgent ?? '',
    uri: event.requestURI,
    code: responseStatus.code ?? 0,
    message: responseStatus.message,
    facts: { ...facts, ...(responseStatus.reason ? { reason: responseStatus.reason } : {}) },
    as: other && { user: other.username, group: other.groups?.[0] },
  };
}

/** Seconds, with the microseconds that Date does not know. */
function microseconds(instant: string): number {
  const [, fraction = '0'] = /\.(\d+)Z$/.exec(instant) ?? [];
  return Date.parse(instant.replace(/\.\d+Z$/, 'Z')) / 1000 + Number(`0.${fraction}`);
}
