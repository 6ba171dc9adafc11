import type { KubeResponse } from '../../shared/adapters/kube-transport.ts';
import { apiVersionOf, type Resource } from './resources.ts';

export interface StatusCause {
  reason?: string;
  message: string;
  field?: string;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

interface StatusFields {
  reason?: string;
  details?: StatusDetails;
  metadata?: { continue: string };
}

/** A refusal by the API server: `response` is the HTTP answer with its metav1.Status. */
export class StatusError extends Error {
  override name = 'StatusError';
  readonly response: KubeResponse;
  constructor(code: number, message: string, fields: StatusFields = {}) {
    super(message);
    const seconds = fields.details?.retryAfterSeconds;
    this.response = {
      status: code,
      headers: { 'content-type': 'application/json', ...(seconds ? { 'retry-after': String(seconds) } : {}) },
      body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, ...fields, code },
    };
  }
}

/** `pods`, or `poddisruptionbudgets.policy`: how the server names a resource in a sentence. */
export function qualified(resource: Resource): string {
  return resource.group ? `${resource.name}.${resource.group}` : resource.name;
}

export function detailsOf(resource: Resource, name?: string) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(resource.group ? { group: resource.group } : {}),
    kind: resource.name,
  };
}

export function notFound(resource: Resource, name: string): StatusError {
  return new StatusError(404, `${qualified(resource)} "${name}" not found`, {
    reason: 'NotFound',
    details: detailsOf(resource, name),
  });
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, message, { reason: 'BadRequest' });
}

export function alreadyExists(resource: Resource, name: string): StatusError {
  return new StatusError(409, `${qualified(resource)} "${name}" already exists`, {
    reason: 'AlreadyExists',
    details: detailsOf(resource, name),
  });
}

export function conflict(resource: Resource, name: string): StatusError {
  const text = 'the object has been modified; please apply your changes to the latest version and try again';
  return new StatusError(409, `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${text}`, {
    reason: 'Conflict',
    details: detailsOf(resource, name),
  });
}

/** A refused precondition; the server names the kind here where it names the resource elsewhere. */
export function preconditionFailed(resource: Resource, name: string, text: string): StatusError {
  const kind = resource.group ? `${resource.kind}.${resource.group}` : resource.kind;
  return new StatusError(409, `Operation cannot be fulfilled on ${kind} "${name}": ${text}`, {
    reason: 'Conflict',
    details: { name, ...(resource.group ? { group: resource.group } : {}), kind: resource.kind },
  });
}

export function invalid(resource: Resource, name: string, field: string, text: string): StatusError {
  const kind = resource.group ? `${resource.kind}.${resource.group}` : resource.kind;
  return new StatusError(422, `${kind} "${name}" is invalid: ${field}: ${text}`, {
    reason: 'Invalid',
    details: {
      name,
      ...(resource.group ? { group: resource.group } : {}),
      kind: resource.kind,
      causes: [{ reason: 'FieldValueInvalid', message: text, field }],
    },
  });
}

/** `token`: with which the rest of a list can still be had. */
export function expired(message: string, token?: string): StatusError {
  return new StatusError(410, message, {
    reason: 'Expired',
    ...(token === undefined ? {} : { metadata: { continue: token } }),
  });
}

export function noSuchResource(): StatusError {
  return new StatusError(404, 'the server could not find the requested resource', { reason: 'NotFound', details: {} });
}

export function methodNotAllowed(): StatusError {
  const text = 'the server does not allow this method on the requested resource';
  return new StatusError(405, text, { reason: 'MethodNotAllowed', details: {} });
}

/** For list kinds and object kinds alike. */
export function typeOf(resource: Resource, suffix = ''): { kind: string; apiVersion: string } {
  return { kind: `${resource.kind}${suffix}`, apiVersion: apiVersionOf(resource) };
}
