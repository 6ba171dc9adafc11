import { type Evidence, type EvidenceInput, evidenceOf } from '../../../shared/evidence/evidence.ts';
import { drainAnnotation, excludeLabel, type Mark } from '../../../shared/lifecycle/mark.ts';
import type { DrainReport } from '../../../shared/lifecycle/report.ts';

export const node = 'ip-10-0-1-2.ec2.internal';
export const drainer = 'arn:aws:sts::111122223333:assumed-role/drain/enl';
const start = Date.parse('2026-03-01T10:00:00Z');

/** So many seconds after the drain's start. */
export const at = (seconds: number) => new Date(start + seconds * 1000).toISOString();

export interface Told {
  seconds: number;
  user?: string;
  agent?: string;
  verb: string;
  resource: string;
  subresource?: string;
  namespace?: string;
  name: string;
  code: number;
  request?: unknown;
  response?: unknown;
  level?: string;
  uri?: string;
}

/** One line of an audit log. */
export function line(
  { seconds, user = drainer, agent = 'eks-node-lifecycle', uri, level, ...told }: Told,
  id: string,
): string {
  const { verb, resource, subresource, namespace, name, code, request, response } = told;
  return JSON.stringify({
    ...{ kind: 'Event', apiVersion: 'audit.k8s.io/v1' },
    ...{ level: level ?? 'RequestResponse', auditID: id, stage: 'ResponseComplete' },
    requestURI: uri ?? `/api/v1/${resource}/${name}`,
    ...{ verb, user: { username: user }, userAgent: agent },
    objectRef: { resource, subresource, namespace, name },
    responseStatus: {
      code,
      details: code === 429 ? { causes: [{ message: 'The disruption budget web holds it' }] } : undefined,
    },
    ...{ requestObject: request, responseObject: response },
    ...{ requestReceivedTimestamp: at(seconds - 0.02), stageTimestamp: at(seconds) },
  });
}

const mark: Mark = {
  version: 1,
  ...{ drain: 'i-0abc-token', execution: 'run-1', startedAt: at(0), markedAt: at(1), seenAt: at(1) },
  ...{ deadlineAt: at(600), endsAt: at(600), ours: { label: true, cordon: true } },
};

export const patch = (seconds: number, more: object = {}, change: Partial<Mark> = {}, user = drainer): Told => ({
  ...{ seconds, user, verb: 'patch', resource: 'nodes', name: node, code: 200 },
  request: {
    metadata: {
      resourceVersion: '1',
      annotations: { [drainAnnotation]: JSON.stringify({ ...mark, ...change }) },
      ...more,
    },
  },
});
export const cordon = (seconds: number, user = drainer, agent = 'eks-node-lifecycle'): Told => ({
  ...patch(seconds, {}, {}, user),
  agent,
  request: {
    metadata: { labels: { [excludeLabel]: 'true' }, annotations: { [drainAnnotation]: JSON.stringify(mark) } },
    spec: { unschedulable: true },
  },
});
export const evict = (seconds: number, name: string, code: number, more: Partial<Told> = {}): Told => ({
  ...{ seconds, verb: 'create', resource: 'pods', subresource: 'eviction', namespace: 'shop', name, code },
  request: { kind: 'Eviction', deleteOptions: { preconditions: { uid: `uid-${name}` } } },
  ...more,
});
export const remove = (seconds: number, name: string, more: Partial<Told> = {}): Told => ({
  ...{ seconds, verb: 'delete', resource: 'pods', namespace: 'shop', name, code: 200 },
  request: { gracePeriodSeconds: 2, preconditions: { uid: `uid-${name}` } },
  response: { kind: 'Pod', metadata: { uid: `uid-${name}` }, spec: { nodeName: node } },
  ...more,
});
export const lease = (seconds: number): Told => ({
  ...{
    seconds,
    verb: 'create',
    resource: 'leases',
    namespace: 'eks-node-lifecycle',
    name: 'pdb-1',
    code: 201,
    level: 'Metadata',
  },
});

/** A drain that did a bit of everything, by what the API server logged. */
export const log: Readonly<Record<string, Told>> = {
  cordon: cordon(1),
  evicted: evict(10, 'web-1', 201),
  refused: evict(10.5, 'web-2', 429),
  refusedAgain: evict(40, 'web-2', 429),
  evictedLater: evict(70, 'web-2', 201),
  gone: evict(71, 'web-3', 404),
  held: evict(72, 'held-1', 429),
  renewed: patch(120),
  turn: lease(200),
  told: patch(200.2, {}, { forced: ['shop/held-1'] }),
  forced: remove(200.5, 'held-1'),
  restarted: { seconds: 5, verb: 'patch', resource: 'deployments', namespace: 'shop', name: 'web', code: 200 },
  ended: patch(220, {}, { ended: 'drained-forced' }),
};

const pod = (name: string, more: object) => ({
  ...{ namespace: 'shop', name, uid: `uid-${name}`, verdict: 'evict', code: 'evictable', reason: '' },
  ...{ evictionsTried: 1, causes: [], goneAt: at(210) },
  ...more,
});
const held = (first: number, last: number, times: number) => [
  { code: 'budget', text: 'The disruption budget web holds it', firstAt: at(first), lastAt: at(last), times },
];
const entry = (seconds: number, what: string, text = what, name?: string) => ({
  ...{ at: at(seconds), what, text },
  ...(name && { pod: `shop/${name}` }),
});

/** The same drain, by its report. */
export function report(change: object = {}): DrainReport {
  return {
    ...{
      version: 1,
      execution: 'run-1',
      cluster: 'prod',
      node,
      startedAt: at(0),
      endedAt: at(221),
      deadlineAt: at(600),
    },
    action: { kind: 'terminate', instanceId: 'i-0abc' },
    end: { reason: 'drained-forced', completion: 'CONTINUE', text: '', alarm: true },
    heartbeats: [],
    timeline: [
      entry(1.1, 'marked', `${node} is cordoned and leaves its load balancers`),
      entry(5.1, 'surged', 'the Deployment shop/web is restarted, since all its ready pods are on the node'),
      entry(10.1, 'evicted', 'its eviction was accepted', 'web-1'),
      entry(70.1, 'evicted', 'its eviction was accepted', 'web-2'),
      entry(200.6, 'forced', 'deleted past shop/held', 'held-1'),
    ],
    pods: [
      pod('web-1', { evictedAt: at(10.1) }),
      pod('web-2', { evictedAt: at(70.1), evictionsTried: 3, causes: held(10.6, 40.1, 2) }),
      pod('web-3', {}),
      pod('held-1', { causes: held(72.1, 72.1, 1), forcedAt: at(200.4), forcedPast: ['shop/held'] }),
    ],
    ...change,
  } as unknown as DrainReport;
}

/** Rows of both queries for such a log; somebody else's events before and after it say that it covers the drain. */
export function evidence(told: Iterable<Told>, change: Partial<EvidenceInput> = {}): Evidence {
  const events = [...told].map((each, index) => ({ '@message': line(each, `id-${index}`) }));
  const minutes = Array.from({ length: 12 }, (_, index) => ({
    first: String(start + (index - 2) * 60_000),
    last: String(start + (index - 1) * 60_000 - 500),
  }));
  const usual = { users: [], toleranceSeconds: 5 };
  return evidenceOf({ node, report: report(), rows: events, coverage: minutes, ...usual, ...change });
}
