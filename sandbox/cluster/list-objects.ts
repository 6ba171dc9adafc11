import type { KubeObject } from './objects.ts';
import type { RequestTarget } from './request-target.ts';
import { parseFieldSelector, parseLabelSelector } from './selectors.ts';
import { badRequest, expired, typeOf } from './status-error.ts';
import type { Store } from './store.ts';

export type Query = Readonly<Record<string, string>>;

/** Lists that are not read to their end yet: the rest of each as it was, by its continue token. */
export type OpenLists = Map<string, KubeObject[]>;

const MAX_OPEN_LISTS = 1000;
const EXPIRED_TOKEN = `The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results.`;

/** A page of a list, each page of it from the moment of the first. Throws a 400 or, for a token it no longer knows, a 410. */
export function listObjects(
  { resource, namespace }: RequestTarget,
  query: Query,
  accept: string | undefined,
  { store, openLists }: { store: Store; openLists: OpenLists },
): object {
  const matches = matcherOf({ resource }, query);
  const limit = readLimit(query.limit);
  const token = query.continue ? readToken(query.continue) : undefined;
  const objects = token
    ? openLists.get(query.continue ?? '')
    : store.list(resource.name, namespace).filter(matches).sort(byName);
  if (!objects) throw expired(EXPIRED_TOKEN);

  const page = limit ? objects.slice(0, limit) : objects;
  const rest = objects.slice(page.length);
  const revision = token?.rv ?? store.revision();
  const selected = Boolean(query.labelSelector || query.fieldSelector);
  const more = rest.length > 0 ? { continue: remember(openLists, rest, revision) } : {};
  const remaining = rest.length > 0 && !selected ? { remainingItemCount: rest.length } : {};
  const metadata = { resourceVersion: String(revision), ...more, ...remaining };
  if (accept?.includes('as=PartialObjectMetadataList')) {
    const type = { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' };
    const items = page.map((object) => ({ ...type, metadata: object.metadata }));
    return { ...type, kind: 'PartialObjectMetadataList', metadata, items };
  }
  return { ...typeOf(resource, 'List'), metadata, items: page.map(withoutType) };
}

export function matcherOf(
  { resource }: Pick<RequestTarget, 'resource'>,
  query: Query,
): (object: KubeObject) => boolean {
  const byLabels = parseLabelSelector(query.labelSelector ?? '');
  const byFields = parseFieldSelector(resource, query.fieldSelector ?? '');
  return (object) => byFields(object) && byLabels(object.metadata.labels ?? {});
}

function readLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

function readToken(text: string): { rv: number } {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch (error) {
    throw badRequest(`invalid continue token: continue key is not valid: ${String(error)}`);
  }
}

function remember(openLists: OpenLists, rest: KubeObject[], rv: number): string {
  const start = `${rest[0]?.metadata.namespace ?? ''}/${rest[0]?.metadata.name}`;
  const token = Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv, start })).toString('base64url');
  openLists.set(token, rest);
  const [oldest] = openLists.keys();
  if (openLists.size > MAX_OPEN_LISTS && oldest !== undefined) openLists.delete(oldest);
  return token;
}

function byName(a: KubeObject, b: KubeObject): number {
  const [left, right] = [a, b].map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`) as [
    string,
    string,
  ];
  return left < right ? -1 : 1;
}

/** Items of a typed list do not repeat their type. */
function withoutType({ kind: _kind, apiVersion: _apiVersion, ...rest }: KubeObject): object {
  return rest;
}
