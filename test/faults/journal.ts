import type { KubeObject } from '../../sandbox/cluster/objects.ts';
import type { KubeRequest, KubeResponse } from '../../shared/adapters/kube-transport.ts';
import type { Process, Tick } from './tick.ts';

/** A request that the API server has seen, with what it was about as that was before. */
export interface Served<P extends Process = Tick> {
  at: number;
  tick: P;
  request: KubeRequest;
  verb: string;
  resource: string;
  subresource: string | undefined;
  namespace: string | undefined;
  name: string | undefined;
  before: KubeObject | undefined;
  response: KubeResponse;
}

/** What a tick got as an answer to a request, be it true or not. */
export interface Answered<P extends Process = Tick> {
  at: number;
  tick: P;
  request: KubeRequest;
  call: string;
  /** undefined: none came. */
  response: KubeResponse | undefined;
}

export interface ScalingCalled<P extends Process = Tick> {
  at: number;
  tick: P;
  operation: string;
  /** What a completion is to be. */
  given?: 'CONTINUE' | 'ABANDON';
  result: unknown;
}

export interface Violation {
  invariant: string;
  text: string;
  at: number;
}

/** What happened, for the invariants and for a person. */
export interface Journal {
  lines: { at: number; text: string }[];
  violations: Violation[];
  note(at: number, text: string): void;
  /** The run is over with the first violation. */
  violate(invariant: string, at: number, text: string): void;
  broken: Promise<void>;
}

export function createJournal(): Journal {
  const lines: Journal['lines'] = [];
  const violations: Violation[] = [];
  const { promise: broken, resolve } = Promise.withResolvers<void>();
  return {
    lines,
    violations,
    broken,
    note: (at, text) => void lines.push({ at, text }),
    violate(invariant, at, text) {
      violations.push({ invariant, at, text });
      resolve();
    },
  };
}
