import type { AdmissionReview, WebhookAnswer } from '../../sandbox/cluster/admission.ts';
import type { Caller, PolicyRule } from '../../sandbox/cluster/authorize.ts';
import type { KubeTransport } from '../../shared/adapters/kube-transport.ts';
import type { Auth } from '../../shared/adapters/renewed-headers.ts';

/** A cluster to hold against a contract: the sandbox's model, its HTTPS face, or a real one. */
export interface Target {
  /** May do everything. */
  admin: KubeTransport;
  /** Lets time go by. */
  wait: (milliseconds: number) => Promise<void>;
  /** Lets time go by until the promise settles. */
  settle: <T>(promise: Promise<T>) => Promise<T>;
  /** Takes back what was arranged through the target. */
  close: () => Promise<void>;
}

/** A target that is more than objects: who may do what, who refuses, what is forgotten. */
export interface GuardedTarget extends Target {
  as: (caller: Caller) => KubeTransport;
  /** Applies infra/rbac; resolves when its admission policies count. Missing where nobody evaluates them. */
  guard?: () => Promise<void>;
  /** Presents a token that nobody issued. */
  stranger: KubeTransport;
  /** Resolves when the rights count. */
  grant: (grant: Rights) => Promise<void>;
  /** Resolves when the webhooks are asked. */
  register: (namespace: string, hooks: readonly HookSpec[]) => Promise<Hooks>;
  /** A collection, and a resourceVersion that its watches no longer know. */
  tooOld: () => Promise<{ path: string; resourceVersion: string }>;
  /** A collection of many, and a continue token from so long ago that the server has forgotten, or soon will have, what was then. */
  forgotten: () => Promise<{ path: string; token: string }>;
  /** A caller whose every request is turned away because the server has too much to do, until `end`. */
  overload: (namespace: string) => Promise<{ crowded: KubeTransport; end: () => Promise<void> }>;
  /** Somebody who presents a bearer token; missing where nobody does. */
  bearer?: (namespace: string) => Promise<Bearer>;
}

/** To one user, or to one group; in one namespace, or everywhere. */
export type Rights = ({ user: string } | { group: string }) & { namespace?: string; rules: readonly PolicyRule[] };

export interface Bearer {
  caller: Caller;
  /** A token that is good. */
  token: string;
  connect: (auth: Auth) => KubeTransport & { close(): void };
}

/** A webhook about pods of one namespace whose names begin with its own. */
export interface HookSpec {
  name: string;
  on: 'evictions' | 'deletes';
  failurePolicy: 'Fail' | 'Ignore';
  answer: WebhookAnswer;
}

export interface Hooks {
  /** What the webhooks were asked about a pod, in order. */
  askedAbout: (pod: string) => readonly Pick<AdmissionReview, 'operation' | 'resource' | 'dryRun'>[];
  /** Resolves when they are asked no more. */
  remove: () => Promise<void>;
}

/** As the server calls it in its refusals. */
export function hookName({ name }: Pick<HookSpec, 'name'>): string {
  return `${name}.contract.example.com`;
}
