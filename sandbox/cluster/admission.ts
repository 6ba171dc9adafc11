import type { KubeObject } from './objects.ts';
import type { RequestTarget } from './request-target.ts';
import { resourceNamed } from './resources.ts';
import { detailsOf, notFound, qualified, StatusError } from './status-error.ts';
import type { Store } from './store.ts';

/** What a validating webhook is asked. An eviction is a CREATE of `pods/eviction`; a plain delete is a DELETE of `pods`. */
export interface AdmissionReview {
  operation: 'CREATE' | 'UPDATE' | 'DELETE';
  resource: string;
  namespace: string | undefined;
  name: string | undefined;
  dryRun: boolean;
  /** The stored object, where there is one. */
  object: KubeObject | undefined;
}

export interface Webhook {
  name: string;
  failurePolicy: 'Fail' | 'Ignore';
  match: (review: AdmissionReview) => boolean;
  /** `down`: it does not answer. A refusal without a code is a 400. */
  answer: (review: AdmissionReview) => 'allow' | 'down' | { deny: string; code?: number };
}

const operations = { create: 'CREATE', update: 'UPDATE', patch: 'UPDATE', delete: 'DELETE' } as const;

/** Asks everyone who may refuse a write, in the server's order. Throws the refusal. */
export function admit(
  target: RequestTarget,
  dryRun: boolean,
  { store, webhooks }: { store: Store; webhooks: readonly Webhook[] },
): void {
  if (target.verb === 'get' || target.verb === 'list' || target.verb === 'watch') return;
  if (target.verb === 'create' && target.namespace !== undefined) checkNamespace(target, target.namespace, store);
  const review: AdmissionReview = {
    operation: operations[target.verb],
    resource: target.subresource ? `${target.resource.name}/${target.subresource}` : target.resource.name,
    namespace: target.namespace,
    name: target.name,
    dryRun,
    object: target.name === undefined ? undefined : store.get(target.resource.name, target.namespace, target.name),
  };
  for (const webhook of webhooks.filter((each) => each.match(review))) ask(webhook, review);
}

function checkNamespace({ resource, name }: RequestTarget, namespace: string, store: Store): void {
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
  if (said === 'allow' || (said === 'down' && failurePolicy === 'Ignore')) return;
  if (said !== 'down') {
    throw new StatusError(said.code ?? 400, `admission webhook "${name}" denied the request: ${said.deny}`);
  }
  const cause = `failed calling webhook "${name}": failed to call webhook: Post "https://${name}/": connect: connection refused`;
  throw new StatusError(500, `Internal error occurred: ${cause}`, {
    reason: 'InternalError',
    details: { causes: [{ message: cause }] },
  });
}
