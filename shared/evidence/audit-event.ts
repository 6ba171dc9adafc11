/**
 * What evidence needs of one event of an audit log. Instants are epoch milliseconds.
 * https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
 */
export interface AuditEvent {
  id: string;
  /** When the request came, and when it was answered. */
  receivedAt: number;
  at: number;
  /** In whose name it was done; who impersonates whom is no matter here. */
  user: string;
  agent: string;
  verb: string;
  resource: string;
  /** '' of the object itself. */
  subresource: string;
  namespace: string;
  name: string;
  /** HTTP status; 0: the log has none. */
  code: number;
  dryRun: boolean;
  /** Why it was refused, as the server words it. */
  cause: string | undefined;
  /** Bodies, where the audit level has them. */
  request: Json | undefined;
  response: Json | undefined;
}

export type Json = Readonly<Record<string, unknown>>;

/** undefined: it is no JSON, or no audit event, as one that was cut off. */
export function readAuditEvent(message: string): AuditEvent | undefined {
  const event = parsed(message);
  const ref = objectAt(event, 'objectRef');
  const at = Date.parse(textAt(event, 'stageTimestamp'));
  if (!event || !ref || Number.isNaN(at)) return undefined;
  const user = textAt(objectAt(event, 'impersonatedUser') ?? objectAt(event, 'user'), 'username');
  const status = objectAt(event, 'responseStatus');
  const request = objectAt(event, 'requestObject');
  const receivedAt = Date.parse(textAt(event, 'requestReceivedTimestamp'));
  return {
    id: textAt(event, 'auditID'),
    receivedAt: Number.isNaN(receivedAt) ? at : receivedAt,
    at,
    user,
    agent: textAt(event, 'userAgent'),
    verb: textAt(event, 'verb'),
    resource: textAt(ref, 'resource'),
    subresource: textAt(ref, 'subresource'),
    namespace: textAt(ref, 'namespace'),
    name: textAt(ref, 'name'),
    code: typeof status?.code === 'number' ? status.code : 0,
    dryRun: isDryRun(textAt(event, 'requestURI'), request),
    cause: causeIn(status),
    request,
    response: objectAt(event, 'responseObject'),
  };
}

export function objectAt(value: unknown, key: string): Json | undefined {
  const found = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isObject(found) ? found : undefined;
}

/** '' where there is no text. */
export function textAt(value: unknown, key: string): string {
  const found = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof found === 'string' ? found : '';
}

export function succeeded({ code, dryRun }: AuditEvent): boolean {
  return code >= 200 && code < 300 && !dryRun;
}

/** `namespace/name` of what it is about; of a node its name. */
export function nameOf({ namespace, name }: Pick<AuditEvent, 'namespace' | 'name'>): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(message: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(message);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Asked for in the query or in the body. */
function isDryRun(uri: string, request: Json | undefined): boolean {
  const options = objectAt(request, 'deleteOptions') ?? request;
  return /[?&]dryRun=All/.test(uri) || (Array.isArray(options?.dryRun) && options.dryRun.length > 0);
}

function causeIn(status: Json | undefined): string | undefined {
  const causes: unknown = objectAt(status, 'details')?.causes;
  const first: unknown = Array.isArray(causes) ? causes[0] : undefined;
  return textAt(first, 'message') || textAt(status, 'message') || undefined;
}
