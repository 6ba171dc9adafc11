import type { Stream } from '../log-insights/query.ts';
import { klogComponent } from './klog-component.ts';
import { formatOfLine, type LineFormat, withoutExportTime } from './line-format.ts';
import { OtherLogError, shown } from './log-file-error.ts';
import { type LogKind, namedStream, sayKind } from './log-kind.ts';

const formatOf = (kind: LogKind): LineFormat =>
  kind === 'audit' || kind === 'cloudtrail' ? kind : kind === 'authenticator' ? 'logfmt' : 'klog';

/**
 * What the first lines of a file are, whatever it is called; of which component lines of klog are, its path or its folder in an
 * export says first. @throws OtherLogError
 */
export function recogniseLog(
  lines: readonly string[],
  path: string,
  said: Stream | undefined,
): { format: LineFormat; kind: LogKind } {
  const bare = lines.map((line) => withoutExportTime(line).line);
  const formats = bare.map(formatOfLine).filter((format) => format !== undefined);
  const format = mostOf(formats);
  if (!format)
    throw new OtherLogError(
      `${shown(path)} is no log of a control plane, or of a form that is not known here: none of its first lines is an event`,
    );
  const kind = said ?? kindOf(format, bare, path);
  if (!kind)
    throw new OtherLogError(
      `which component wrote ${shown(path)} cannot be told from its lines: say whose stream it is, or call it kube-apiserver.log, kube-scheduler.log or kube-controller-manager.log`,
    );
  if (formatOf(kind) !== format) {
    const is = kindOf(format, bare, path);
    throw new OtherLogError(`${shown(path)} is ${is ? sayKind[is] : "a component's log"}, not ${sayKind[kind]}`);
  }
  return { format, kind };
}

function kindOf(format: LineFormat, lines: readonly string[], path: string): LogKind | undefined {
  if (format === 'logfmt') return 'authenticator';
  if (format !== 'klog') return format;
  const named = namedStream(path)?.kind;
  return named && formatOf(named) === 'klog' ? named : klogComponent(lines);
}

function mostOf<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** What is to be said when a file is another log than the query is about: it would find nothing in it, and seem to have an answer. */
export function notThisLog(path: string, kind: LogKind, wanted: readonly Stream[]): OtherLogError {
  const about = wanted.map((stream) => sayKind[stream]).join(' and ');
  return new OtherLogError(
    `${shown(path)} is ${sayKind[kind]}, and this query is about ${about}: it can find nothing there`,
  );
}
