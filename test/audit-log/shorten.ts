import { leaving } from './acts/scenery.ts';
import { cast } from './cast.ts';
import type { Logs } from './logs.ts';

/** Of what repeats itself: how many are left. */
const kept = 2;

interface Event {
  auditID: string;
  verb: string;
  user: { username?: string };
  objectRef?: { resource?: string; subresource?: string };
  requestObject?: { target?: { name?: string } };
  responseStatus?: { code?: number };
}

/**
 * A log to keep: what the cast did, without what only looked whether something had come to pass and without most of what filled etcd; of the
 * components a little of each kind, and every binding to the node that is drained. managedFields and caBundles, half of the whole, are left out.
 */
export function shorten(logs: Logs): Logs {
  const hogs = logs.acts.filter(({ ua }) => ua.startsWith('hog/')).slice(kept, -1);
  const looks = logs.acts.filter(
    ({ who, verb, ua }) => isRead(verb) && (who === cast.stagehand.user || ua.startsWith('kubectl/')),
  );
  const left = new Set([...hogs, ...looks.filter(({ as }) => !as)].map(({ id }) => id));
  const acts = logs.acts.filter(({ id }) => !left.has(id));
  const ours = new Set(acts.map(({ id }) => id));
  const seen = new Map<string, number>();
  const audit = logs.audit.split('\n').flatMap((line) => {
    if (line === '') return [];
    const event = JSON.parse(line) as Event;
    if (left.has(event.auditID) || (!ours.has(event.auditID) && !isOfInterest(event, seen))) return [];
    return `${JSON.stringify(event, (key, value) => (key === 'managedFields' || key === 'caBundle' ? undefined : value))}\n`;
  });
  const chosen = (log: string, what: RegExp) =>
    log
      .split('\n')
      .filter((line) => what.test(line))
      .map((line) => `${line}\n`)
      .join('');
  return {
    ...logs,
    done: [],
    acts,
    audit: audit.join(''),
    apiServer: chosen(logs.apiServer, /ailed calling webhook|space exceeded|Caches are synced/),
    scheduler: chosen(logs.scheduler, /Unable to schedule|bound pod/),
  };
}

const isRead = (verb: string) => ['get', 'list', 'watch'].includes(verb);

function isOfInterest(
  { verb, objectRef, user, responseStatus, requestObject }: Event,
  seen: Map<string, number>,
): boolean {
  const { resource = '', subresource = '' } = objectRef ?? {};
  if (user.username === 'system:apiserver' || isRead(verb)) return false;
  if (subresource === 'binding' && requestObject?.target?.name === leaving) return true;
  if (subresource === 'status') return false;
  if (!['pods', 'nodes'].includes(resource) && (responseStatus?.code ?? 0) < 400) return false;
  const kind = [user.username, verb, resource, subresource].join(' ');
  seen.set(kind, (seen.get(kind) ?? 0) + 1);
  return (seen.get(kind) ?? 0) <= 1;
}
