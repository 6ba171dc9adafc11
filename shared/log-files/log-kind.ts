import { basename } from 'node:path';
import type { Stream } from '../log-insights/query.ts';

/** Whose log a file is: those that queries are about, and those that lie beside them. */
export type LogKind = Stream | 'controller-manager' | 'cloud-controller-manager';

/** What EKS calls the streams of each: https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html */
const prefixes: readonly [string, LogKind][] = [
  ['kube-apiserver-audit', 'audit'],
  ['kube-apiserver', 'apiserver'],
  ['kube-scheduler', 'scheduler'],
  ['kube-controller-manager', 'controller-manager'],
  ['cloud-controller-manager', 'cloud-controller-manager'],
  ['authenticator', 'authenticator'],
  ['cloudtrail', 'cloudtrail'],
];

/** For an error. */
export const sayKind: Readonly<Record<LogKind, string>> = {
  audit: 'the audit log of the API server',
  apiserver: 'the log of the API server',
  scheduler: 'the log of the scheduler',
  'controller-manager': 'the log of the controller manager',
  'cloud-controller-manager': 'the log of the cloud controller manager',
  authenticator: 'the log of the authenticator',
  cloudtrail: 'the log of CloudTrail',
};

/** The part of a path that is called as a stream is (the file, or its folder in an export), and whose that is. */
export function namedStream(path: string): { kind: LogKind; stream: string } | undefined {
  for (const part of path.split(/[/\\]/).reverse()) {
    const known = prefixes.find(([prefix]) => part.startsWith(prefix) && !/^[a-z0-9]/i.test(part.slice(prefix.length)));
    if (known) return { kind: known[1], stream: part };
  }
  return undefined;
}

/** What `@logStream` of the file's events is: the name of its stream if the path tells, or one that is called alike. */
export function streamOf(path: string, kind: LogKind): string {
  const named = namedStream(path);
  const [prefix] = prefixes.find(([, of]) => of === kind) ?? [kind];
  if (named?.kind === kind && named.stream.startsWith(`${prefix}-`)) return named.stream;
  return `${prefix}-${basename(path)}`;
}

/** Of an event that names its stream. */
export const kindOfStream = (stream: string): LogKind | undefined => namedStream(stream)?.kind;
