import { isKlog, klogInstants } from './klog-year.ts';

/** How the lines of a log are written. */
export type LineFormat = 'audit' | 'cloudtrail' | 'logfmt' | 'klog';

/** undefined: a line of none of them. */
export function formatOfLine(line: string): LineFormat | undefined {
  if (isKlog(line)) return 'klog';
  if (line.startsWith('time="')) return 'logfmt';
  if (!line.startsWith('{')) return undefined;
  if (line.includes('"apiVersion":"audit.k8s.io/')) return 'audit';
  if (line.includes('"eventVersion":') && line.includes('"eventSource":')) return 'cloudtrail';
  return componentInstant(line) === undefined ? undefined : 'klog';
}

/** When a line was written, in milliseconds since the epoch; NaN for one that is no event, or not all of it. */
export type InstantOf = (line: string) => number;

export function instantsOf(format: LineFormat, modifiedMs: number): InstantOf {
  if (format === 'audit') return auditInstants();
  if (format === 'cloudtrail') return cloudTrailInstant;
  if (format === 'logfmt') return (line) => Date.parse(/^time="([^"]+)" /.exec(line)?.[1] ?? '');
  const ofKlog = klogInstants(modifiedMs);
  return (line) => (line.startsWith('{') ? (componentInstant(line) ?? Number.NaN) : ofKlog(line));
}

/** The last such key: those before it are inside the objects of the request. https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/ */
function auditInstants(): InstantOf {
  const key = '"stageTimestamp":"';
  const secondLength = '2026-11-21T22:40:12'.length;
  // Most events are of the same second as the one before, and reading a date is slow.
  let [second, secondMs] = [key, Number.NaN];
  return (line) => {
    const at = isWhole(line) ? line.lastIndexOf(key) : -1;
    const from = at + key.length;
    const end = from + secondLength;
    const isMicroseconds = line[end] === '.' && line.startsWith('Z"', end + 7);
    if (at < 0 || !isMicroseconds || !line.startsWith(second, from)) {
      const instantMs = textAfter(line, key, at);
      if (isMicroseconds && !Number.isNaN(instantMs))
        [second, secondMs] = [line.slice(from, end), Math.floor(instantMs / 1000) * 1000];
      return instantMs;
    }
    return secondMs + Number(line.slice(end + 1, end + 4));
  };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
function cloudTrailInstant(line: string): number {
  return isWhole(line) ? textAfter(line, '"eventTime":"', line.indexOf('"eventTime":"')) : Number.NaN;
}

export const isWhole = (line: string) => line.startsWith('{') && line.endsWith('}');

function textAfter(line: string, key: string, at: number): number {
  if (at < 0) return Number.NaN;
  const from = at + key.length;
  return Date.parse(line.slice(from, line.indexOf('"', from)));
}

/**
 * Components can be told to log JSON, and etcd's client in the API server always does: milliseconds, or a date.
 * https://kubernetes.io/docs/concepts/cluster-administration/system-logs/#json-log-format
 */
function componentInstant(line: string): number | undefined {
  const [, text, number] = /^\{(?:"level":"\w+",)?"ts":(?:"([^"]+)"|([\d.]+))/.exec(line) ?? [];
  if (text === undefined && number === undefined) return undefined;
  return text === undefined ? Math.floor(Number(number)) : Date.parse(text);
}

const exported = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z /;

/** What an export of a log group to S3 puts before each event: its time. */
export function withoutExportTime(line: string): { line: string; exportedMs?: number } {
  const time = line.startsWith('2') ? exported.exec(line)?.[0] : undefined;
  return time ? { line: line.slice(time.length), exportedMs: Date.parse(time.trim()) } : { line };
}
