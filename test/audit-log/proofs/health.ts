import type { Done } from '../done.ts';
import { dash, distinct, type Expected, isEviction, isOneOf, type Proof, tally, writes } from './proof.ts';

const webhookKinds = [
  'mutatingwebhookconfigurations',
  'validatingwebhookconfigurations',
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
];
const stream = ['exec', 'attach', 'portforward', 'proxy', 'log'];
const failedOpen = ({ annotations }: Done) =>
  Object.entries(annotations).find(([key]) => key.startsWith('failed-open.'));
const latency = ({ annotations }: Done, layer: string) => annotations[`apiserver.latency.k8s.io/${layer}`];
const isLoud = ({ sub }: Done) => !isOneOf(stream, sub);

/** A duration as Go writes it: https://pkg.go.dev/time#Duration.String */
function secondsOf(duration: string): number {
  const [, minutes = '0', seconds = '0', unit] = /^(?:(\d+)m(?!s))?([\d.]+)(ms|s)$/.exec(duration) ?? [];
  return Number(minutes) * 60 + Number(seconds) / (unit === 'ms' ? 1000 : 1);
}

/** Nearest rank. */
const percentile = (sorted: readonly number[], percent: number) =>
  sorted[Math.ceil((percent / 100) * sorted.length) - 1];

const talkers: Record<string, (one: Done) => Expected> = {
  client: ({ ua, who }) => ({ ua, who }),
  request: ({ verb, resource, code }) => ({ verb, res: resource, code }),
  minute: ({ at }) => ({ 'bin(1m)': at - (at % 60_000) }),
};

/** Q41 to Q51: how the control plane is. */
export const healthProofs: Record<string, Proof> = {
  Q41: (done) =>
    tally(
      done.filter(({ code, message = '' }) => code >= 400 && /failed calling webhook|admission webhook/.test(message)),
      ({ message = '', code, resource, ns, who }) => ({
        webhook: /webhook "(.+?)"/.exec(message)?.[1],
        code,
        res: resource,
        ns,
        who,
      }),
      ({ latest }) => ({ sample: latest.message }),
    ),
  Q42: (done) =>
    tally(
      done.filter((one) => failedOpen(one) !== undefined),
      (one) => {
        const [key = '', webhook] = failedOpen(one) ?? [];
        return { webhook, phase: /^failed-open\.(\w+)\./.exec(key)?.[1], res: one.resource };
      },
      ({ last }) => ({ last }),
    ),
  Q43: (done) =>
    done
      .filter(({ resource, verb }) => isOneOf(webhookKinds, resource) && isOneOf(writes, verb))
      .map(({ at, verb, resource, name, who, arn, ua, code }) => ({
        '@timestamp': at,
        verb,
        res: resource,
        name,
        who,
        arn,
        ua,
        code,
      })),
  Q44: (done) =>
    tally(
      done.filter((one) => one.code === 429 && !isEviction(one)),
      ({ who, ua, verb, resource }) => ({ who, ua, verb, res: resource }),
      ({ first, last }) => ({ first, last }),
    ),
  Q45: (done) =>
    tally(
      done.filter(({ code }) => code >= 500),
      ({ code, verb, resource, sub, who, at }) => ({
        code,
        verb,
        res: resource,
        sub: dash(sub),
        who,
        'bin(5m)': at - (at % 300_000),
      }),
      ({ latest }) => ({ sample: latest.message }),
    ),
  Q46: (done) =>
    done
      .filter((one) => one.verb !== 'watch' && isLoud(one) && latency(one, 'total') !== undefined)
      .map((one) => ({
        '@timestamp': one.at,
        seconds: secondsOf(latency(one, 'total') ?? ''),
        etcd: latency(one, 'etcd'),
        mut: latency(one, 'mutating-webhook'),
        val: latency(one, 'validating-webhook'),
        apf: latency(one, 'apf-queue-wait'),
        verb: one.verb,
        requestURI: one.uri,
        'user.username': one.who,
        userAgent: one.ua,
        'responseStatus.code': one.code,
      })),
  Q47: (done) =>
    tally(
      done.filter((one) => isOneOf(['get', 'list', 'create', 'update', 'patch', 'delete'], one.verb) && isLoud(one)),
      ({ verb, resource }) => ({ verb, res: resource }),
      ({ members }) => {
        const sorted = members.map(({ seconds }) => seconds).sort((a, b) => a - b);
        return { p50: percentile(sorted, 50), p99: percentile(sorted, 99), worst: sorted.at(-1) };
      },
    ).filter(({ n }) => Number(n) >= 20),
  Q48: (done, { by = 'client' }) =>
    tally(done, talkers[by] as (one: Done) => Expected, ({ members }) => ({
      kinds: distinct(members.map(({ resource }) => resource)),
    })),
  Q49: (done) =>
    tally(
      done.filter(({ verb, uri }) => verb === 'list' && !/limit=|resourceVersion=0/.test(uri)),
      ({ ua, who, resource, ns }) => ({ ua, who, res: resource, ns: ns ?? '(all)' }),
    ),
  Q50: (done) =>
    tally(
      done.filter(({ verb, code }) => isOneOf(writes, verb) && code < 300),
      ({ apiGroup, resource, sub, ua }) => ({ g: apiGroup ?? 'core', res: resource, sub: dash(sub), ua }),
    ),
  Q51: (done) =>
    tally(
      done.filter(({ annotations }) => annotations['k8s.io/deprecated'] === 'true'),
      ({ apiGroup, apiVersion, resource, annotations, ua, who }) => ({
        g: apiGroup,
        v: apiVersion,
        res: resource,
        removed: annotations['k8s.io/removed-release'],
        ua,
        who,
      }),
      ({ last }) => ({ last }),
    ),
};
