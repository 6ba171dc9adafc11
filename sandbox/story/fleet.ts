import type { DrainPolicy } from '../../shared/lifecycle/policy.ts';

/** What is counted of many nodes that go at once. */
export interface Fleet {
  policy: DrainPolicy;
  /** That Auto Scaling wants gone. */
  instances: Set<string>;
  /** Instances by the name of their Node. */
  nodes: Map<string, string>;
  cordoned: Set<string>;
  drained: Set<string>;
  /** Pods of those nodes by `namespace/name`, without those of DaemonSets. */
  pods: Map<string, 'there' | 'held' | 'leaving' | 'gone'>;
  /** Messages to the intake, by channel. */
  messages: Map<string, number>;
  /** The last of them; epoch milliseconds. */
  messageAt: number;
  executions: Set<string>;
  /** Messages that the intake has dealt with. */
  taken: number;
  asked: number;
  refused: number;
  inFlight: number;
  mostInFlight: number;
  forced: number;
  completions: number;
  /** Executions that wait for another's drain. */
  waiting: Set<string>;
  /** The end of each execution. */
  ended: string[];
  /** Epoch milliseconds. */
  lastCordonAt: number;
  /** Evictions that had been asked for by then. */
  askedBefore: number;
  /** What need not be told again, and the counts that were told last. */
  told: Set<string>;
  toldAt: number;
}

export function newFleet(policy: DrainPolicy): Fleet {
  return {
    policy,
    instances: new Set(),
    nodes: new Map(),
    cordoned: new Set(),
    drained: new Set(),
    pods: new Map(),
    messages: new Map(),
    messageAt: 0,
    executions: new Set(),
    taken: 0,
    asked: 0,
    refused: 0,
    inFlight: 0,
    mostInFlight: 0,
    forced: 0,
    completions: 0,
    waiting: new Set(),
    ended: [],
    lastCordonAt: 0,
    askedBefore: 0,
    told: new Set(),
    toldAt: 0,
  };
}
