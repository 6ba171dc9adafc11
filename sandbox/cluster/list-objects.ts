import type { KubeObject } from './objects.ts';
import type { RequestTarget } from './request-target.ts';
import { parseFieldSelector, parseLabelSelector } from './selectors.ts';
import { badRequest, expired, typeOf } from './status-error.ts';
import type { Store } from './store.ts';

export type Query = Readonly<Record<string, string>>;

/** Lists that are not read to their end yet: the rest of each as it was, by its continue token. */
export type OpenLists = Map<string, KubeObject[]>;

const MAX_OPEN_LISTS = 1000;
/** Of a token that goes on from where it was, with the objects of now. */
const INCONSISTENT = -1;
const EXPIRED_TOKEN =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

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
  const known = openLists.get(query.continue ?? '');
  if (token && token.rv !== INCONSISTENT && !known)
    throw expired(EXPIRED_TOKEN, writeToken({ ...token, rv: INCONSISTENT }));
  const now = () => store.list(resource.name, namespace).filter(matches).sort(byKey);
  const objects = known ?? now().filter((object) => keyOf(object) >= (token?.start ?? ''));

  const page = limit ? objects.slice(0, limit) : objects;
  const rest = objects.slice(page.length);
  const revision = token && token.rv !== INCONSISTENT ? token.rv : store.revision();
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

interface Token {
  rv: number;
  /** The key of the first object that is left. */
  start: string;
}

function readToken(text: string): Token {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch (error) {
    throw badRequest(`invalid continue token: continue key is not valid: ${String(error)}`);
  }
}

function writeToken({ rv, start }: Token): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv, start })).toString('base64url');
}

function remember(openLists: OpenLists, rest: KubeObject[], rv: number): string {
  const token = writeToken({ rv, start: rest[0] ? keyOf(rest[0]) : '' });
  openLists.set(token, rest);
  const [oldest] = openLists.keys();
  if (openLists.size > MAX_OPEN_LISTS && oldest !== undefined) openLists.delete(oldest);
  return token;
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function byKey(a: KubeObject, b: KubeObject): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

/** Items of a typed list do not repeat their type. */
function withoutType({ kind: _kind, apiVersion: _apiVersion, ...rest }: KubeObject): object {
  return rest;
}
