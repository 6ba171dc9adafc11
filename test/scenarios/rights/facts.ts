import { readMark } from '../../../shared/lifecycle/mark.ts';
import type { Arena } from '../arena/arena.ts';
import type { Outcome } from '../arena/drains.ts';
import { type Notice, noticesOf } from './notices.ts';

/** What came of a drain of the furnished node, as the cluster, the report, the log and the wire tell it. */
export interface Facts {
  end: string;
  cordoned: boolean;
  /** The reason of the end, and who was deleted past which budget, in the node's own mark. */
  marked: { ended: string | undefined; forced: readonly string[] };
  /** Of each pod in the report. */
  verdicts: Record<string, string>;
  /** The codes of what held a pod. */
  held: Record<string, string[]>;
  /** On the wire, with success. */
  evicted: string[];
  forced: string[];
  /** Still there at the end. */
  left: string[];
  /** What the end says is still attached. */
  attached: string[];
  noticed: { budget?: Notice; gone?: Notice };
  /** Kubernetes Events: reason and object. */
  events: string[];
  /** Lines of the log that quote a refusal for want of a right. */
  complaints: string[];
}

export async function factsOf(arena: Arena, { end }: Outcome, freedAt: number | undefined): Promise<Facts> {
  const { metadata, spec } = await arena.nodeNow();
  const mark = readMark(metadata.annotations ?? {});
  const pods = arena.report()?.pods ?? [];
  const complaints = arena.logged.filter((line) => line.level !== 'info' && JSON.stringify(line).includes('forbidden'));
  return {
    end: end.reason,
    cordoned: spec.unschedulable === true,
    marked: { ended: mark?.ended, forced: unique((mark?.forced ?? []).map((name) => plain(arena, name))) },
    verdicts: Object.fromEntries(pods.map(({ name, code }) => [name, code])),
    held: Object.fromEntries(
      pods.flatMap(({ name, causes }) => (causes.length > 0 ? [[name, unique(causes.map(({ code }) => code))]] : [])),
    ),
    evicted: done(arena, 'POST', /\/pods\/([^/]+)\/eviction$/),
    forced: done(arena, 'DELETE', /\/pods\/([^/]+)$/),
    left: ((await arena.get(arena.paths.pods()))?.items ?? []).map((pod) => pod.metadata.name).sort(),
    attached: [...end.text.matchAll(/volume (\S+)-\w{8}|(unknown volumes)/g)].map(
      ([, name, none]) => name ?? none ?? '',
    ),
    noticed: noticesOf(arena, freedAt),
    events: await eventsOf(arena),
    complaints: unique(complaints.map(({ message }) => message)),
  };
}

function done({ calls }: Arena, method: string, path: RegExp): string[] {
  const took = calls.filter((call) => call.method === method && (call.status ?? 500) < 300);
  return unique(took.flatMap((call) => path.exec(call.path)?.[1] ?? []));
}

async function eventsOf({ get, namespace, node }: Arena): Promise<string[]> {
  const all = await Promise.all(
    [namespace, 'default'].map(async (space) => (await get(`/api/v1/namespaces/${space}/events`))?.items ?? []),
  );
  const told = (all.flat() as unknown as { reason: string; involvedObject: { name: string } }[]).filter(
    ({ involvedObject: { name } }, index) => index < (all[0]?.length ?? 0) || name === node.name,
  );
  return unique(told.map(({ reason, involvedObject: { name } }) => `${reason} ${name === node.name ? 'node' : name}`));
}

/** Without what is another in each run. */
function plain({ namespace }: Arena, text: string): string {
  return text.replaceAll(`${namespace}/`, '');
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
