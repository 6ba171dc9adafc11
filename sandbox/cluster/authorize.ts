import type { AccessQuestion } from '../../shared/cluster-port.ts';
import type { RequestTarget } from './request-target.ts';
import { badRequest, detailsOf, qualified, StatusError } from './status-error.ts';

export interface Caller {
  user: string;
  groups: readonly string[];
}

/** Who asks: someone known already, the bearer of a token, or (undefined) nobody. */
export type Identity = Caller | { token: string } | undefined;

export interface PolicyRule {
  apiGroups: readonly string[];
  /** With their subresource where that is meant: `pods/eviction`. */
  resources: readonly string[];
  verbs: readonly string[];
  resourceNames?: readonly string[];
}

/** The rules of a Role or ClusterRole and whom they are bound to: in one namespace, or everywhere. */
export interface Grant {
  user?: string;
  group?: string;
  namespace?: string;
  rules: readonly PolicyRule[];
}

export interface AccessControl {
  /** undefined: the token is not good. */
  authenticate: (token: string) => Caller | undefined;
  /** undefined: everyone may do everything. */
  grants: readonly Grant[] | undefined;
}

export const administrator: Caller = { user: 'kubernetes-admin', groups: ['system:masters'] };

/** Throws a 401. */
export function identify(identity: Identity, { authenticate }: AccessControl): Caller {
  if (!identity) return { user: 'system:anonymous', groups: ['system:unauthenticated'] };
  if (!('token' in identity)) return identity;
  const caller = authenticate(identity.token);
  if (!caller) throw new StatusError(401, 'Unauthorized', { reason: 'Unauthorized' });
  return caller;
}

/** Throws a 403 that reads as the server's own. */
export function authorize(target: RequestTarget, caller: Caller, access: AccessControl): void {
  const { verb, resource, namespace, name, subresource } = target;
  const question = {
    verb,
    group: resource.group,
    resource: resource.name,
    ...(subresource === undefined ? {} : { subresource }),
    ...(namespace === undefined ? {} : { namespace }),
  };
  if (isAllowed({ ...question, name }, caller, access)) return;
  const scope = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const what = `${verb} resource "${resource.name}${subresource ? `/${subresource}` : ''}"`;
  throw new StatusError(
    403,
    `${qualified(resource)}${name ? ` "${name}"` : ''} is forbidden: User "${caller.user}" cannot ${what} in API group "${resource.group}" ${scope}`,
    { reason: 'Forbidden', details: detailsOf(resource, name) },
  );
}

/** Answers a SelfSubjectAccessReview. */
export function reviewAccess(body: unknown, caller: Caller, access: AccessControl): object {
  const review = body as { spec?: { resourceAttributes?: Partial<AccessQuestion> & { name?: string } } } | undefined;
  const attributes = review?.spec?.resourceAttributes;
  if (!attributes) throw badRequest('a SelfSubjectAccessReview needs spec.resourceAttributes');
  const { verb = '', group = '', resource = '', ...rest } = attributes;
  const allowed = isAllowed({ verb, group, resource, name: undefined, ...rest }, caller, access);
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec: review.spec,
    status: { allowed },
  };
}

type Question = AccessQuestion & { name: string | undefined };

function isAllowed(question: Question, caller: Caller, { grants }: AccessControl): boolean {
  if (!grants || caller.groups.includes('system:masters')) return true;
  return grants.some(
    (grant) =>
      (grant.user === caller.user || (grant.group !== undefined && caller.groups.includes(grant.group))) &&
      (grant.namespace === undefined || grant.namespace === question.namespace) &&
      grant.rules.some((rule) => covers(rule, question)),
  );
}

function covers(rule: PolicyRule, { verb, group, resource, subresource, name }: Question): boolean {
  const has = (list: readonly string[], value: string) => list.includes('*') || list.includes(value);
  return (
    has(rule.verbs, verb) &&
    has(rule.apiGroups, group) &&
    has(rule.resources, subresource ? `${resource}/${subresource}` : resource) &&
    (!rule.resourceNames?.length || (name !== undefined && rule.resourceNames.includes(name)))
  );
}
