import type { KubeObject } from './objects.ts';
import type { RequestTarget } from './request-target.ts';
import { resourceNamed } from './resources.ts';
import { detailsOf, notFound, qualified, type StatusDetails, StatusError } from './status-error.ts';
import type { Store } from './store.ts';

/** What a validating webhook is asked. An eviction is a CREATE of `pods/eviction`; a plain delete is a DELETE of `pods`. */
export interface AdmissionReview {
  operation: 'CREATE' | 'UPDATE' | 'DELETE';
  resource: string;
  namespace: string | undefined;
  name: string | undefined;
  /** An eviction that asks for its dry run in its body alone is not shown as one. */
  dryRun: boolean;
  /** The stored object, where there is one. */
  object: KubeObject | undefined;
}

/** A refusal without words is one `without explanation`, one without a code a 400; reason and details are handed on. */
export interface WebhookDenial {
  deny: string;
  code?: number;
  reason?: string;
  details?: StatusDetails;
}

/** `down`: nobody listens there. `slow`: not in time. `broken`: it answers HTTP 500. */
export type WebhookAnswer = 'allow' | 'down' | 'slow' | 'broken' | WebhookDenial;

export interface Webhook {
  name: string;
  failurePolicy: 'Fail' | 'Ignore';
  match: (review: AdmissionReview) => boolean;
  answer: (review: AdmissionReview) => WebhookAnswer;
}

const operations = { create: 'CREATE', update: 'UPDATE', patch: 'UPDATE', delete: 'DELETE' } as const;

/** Asks the webhooks about a write; each kind of write knows when, as the server does. Throws the refusal. */
export type Validate = (dryRun: boolean) => void;

export function webhooksFor(
  { verb, resource, subresource, namespace, name }: RequestTarget,
  { store, webhooks }: { store: Store; webhooks: readonly Webhook[] },
): Validate {
  return (dryRun) => {
    if (verb === 'get' || verb === 'list' || verb === 'watch') return;
    const review: AdmissionReview = {
      operation: operations[verb],
      resource: subresource ? `${resource.name}/${subresource}` : resource.name,
      namespace,
      name,
      dryRun,
      object: name === undefined ? undefined : store.get(resource.name, namespace, name),
    };
    for (const webhook of webhooks.filter((each) => each.match(review))) ask(webhook, review);
  };
}

/** Nothing is created in a namespace that is missing or going, an eviction neither. Throws the refusal. */
export function checkNamespace({ verb, resource, namespace, name }: RequestTarget, store: Store): void {
  if (verb !== 'create' || namespace === undefined) return;
  const found = store.get('namespaces', undefined, namespace);
  if (!found) throw notFound(resourceNamed('namespaces'), namespace);
  if (found.status.phase !== 'Terminating') return;
  const text = `unable to create new content in namespace ${namespace} because it is being terminated`;
  throw new StatusError(403, `${qualified(resource)} "${name ?? ''}" is forbidden: ${text}`, {
    reason: 'Forbidden',
    details: {
      ...detailsOf(resource, name),
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    },
  });
}

function ask({ name, failurePolicy, answer }: Webhook, review: AdmissionReview): void {
  const said = answer(review);
  if (said === 'allow') return;
  if (typeof said === 'object') throw denial(name, said);
  if (failurePolicy === 'Ignore') return;
  const cause = `failed calling webhook "${name}": failed to call webhook: ${failures[said](name)}`;
  throw new StatusError(500, `Internal error occurred: ${cause}`, {
    reason: 'InternalError',
    details: { causes: [{ message: cause }] },
  });
}

const post = (name: string) => `Post "https://${name}:443/?timeout=10s"`;
const failures = {
  down: (name: string) => `${post(name)}: dial tcp 127.0.0.1:443: connect: connection refused`,
  slow: (name: string) => `${post(name)}: context deadline exceeded`,
  broken: () => 'an error on the server ("out of order") has prevented the request from succeeding',
};

function denial(name: string, { deny, code = 400, reason, details }: WebhookDenial): StatusError {
  return new StatusError(
    Math.max(400, code),
    `admission webhook "${name}" denied the request${deny ? `: ${deny}` : ' without explanation'}`,
    { ...(reason === undefined ? {} : { reason }), ...(details === undefined ? {} : { details }) },
  );
}
