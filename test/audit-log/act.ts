import type { Identity } from './cast.ts';
import { type Facts, factsOf } from './facts.ts';

/** One request, as whoever sent it knows it: the truth that the queries are held against. */
export interface Act extends Target {
  /** Audit-ID of the request. */
  id: string;
  who: string;
  arn: string | undefined;
  session: string | undefined;
  group: string | undefined;
  ip: string;
  ua: string;
  uri: string;
  code: number;
  /** Of the answer, when it was a Status. */
  message: string | undefined;
  facts: Facts;
  /** Whom the request was for, when it was for somebody else. */
  as: { user: string; group: string | undefined } | undefined;
}

export interface Target {
  verb: string;
  apiGroup?: string;
  apiVersion?: string;
  resource?: string;
  sub?: string;
  ns?: string;
  name?: string;
}

const verbs: Record<string, string> = { POST: 'create', PUT: 'update', PATCH: 'patch' };

/** What a request is about, by the rules that paths have: https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris */
export function targetOf(method: string, uri: string): Target {
  const { pathname, searchParams } = new URL(uri, 'https://127.0.0.1');
  const parts = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const isCore = parts[0] === 'api' && parts.length > 2;
  const isGroup = parts[0] === 'apis' && parts.length > 3;
  if (!isCore && !isGroup) return { verb: method.toLowerCase() };
  const place = isCore ? { apiVersion: parts[1] } : { apiGroup: parts[1], apiVersion: parts[2] };
  let rest = parts.slice(isCore ? 2 : 3);
  let ns: string | undefined;
  if (rest[0] === 'namespaces' && rest[1] !== undefined) {
    ns = rest[1];
    const isOfNamespace = rest.length > 2 && !['status', 'finalize'].includes(rest[2] ?? '');
    if (isOfNamespace) rest = rest.slice(2);
  }
  const [resource, name, sub] = rest;
  const reading = name !== undefined ? 'get' : searchParams.has('watch') ? 'watch' : 'list';
  const deleting = name !== undefined ? 'delete' : 'deletecollection';
  const verb = verbs[method] ?? (method === 'DELETE' ? deleting : reading);
  const parsed = { verb, ...place, resource, sub, ns, name };
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined)) as unknown as Target;
}

/** `sent` and the body of the answer: undefined when they were no JSON. */
export function actOf(
  id: string,
  identity: Identity,
  request: { method: string; uri: string; headers: Readonly<Record<string, string | undefined>>; sent: unknown },
  { code, body }: { code: number; body: unknown },
): Act {
  const target = targetOf(request.method, request.uri);
  const answer = body as { kind?: string; message?: string } | undefined;
  const message = answer?.kind === 'Status' ? answer.message : undefined;
  const ua = request.headers['user-agent'];
  const user = request.headers['impersonate-user'];
  const known = (request.sent as { metadata?: { name?: string } } | undefined)?.metadata?.name;
  // Whoever was turned away at the door was not read.
  const wasRead =
    code !== 401 && !(code === 403 && /^\S+ is forbidden: User/.test(message ?? '')) && !(code === 429 && !message);
  if (target.verb === 'create' && target.name === undefined && wasRead && known) target.name = known;
  return {
    id,
    ...target,
    who: identity.user,
    arn: identity.extra?.canonicalArn,
    session: identity.extra?.sessionName,
    group: identity.groups[0],
    ip: identity.ip,
    ua: ua ?? '',
    uri: request.uri,
    code,
    message,
    facts: factsOf(request.sent, body),
    as: user === undefined ? undefined : { user, group: request.headers['impersonate-group'] },
  };
}
