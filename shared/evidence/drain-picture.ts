import type { Actor } from './actor.ts';

/** What one actor did to drain a node. Instants are epoch milliseconds. */
export interface DrainPicture {
  actor: Actor;
  /** `report`: as a report tells it, to be held against what the log tells. */
  source: 'log' | 'report';
  /** The first and the last that it did. */
  firstAt: number;
  lastAt: number;
  cordonedAt?: number;
  uncordonedAt?: number;
  /** When load balancers were told to leave it out. */
  labelledAt?: number;
  nodeDeletedAt?: number;
  /** In the order in which they were first asked to go. */
  pods: PodPicture[];
}

export interface PodPicture {
  /** `namespace/name` */
  name: string;
  tries: number;
  refused: number;
  firstAt: number;
  lastAt: number;
  /** When an eviction was accepted. */
  evictedAt?: number;
  /** When it was deleted; `past`: after a refusal, or without asking. */
  deletedAt?: number;
  past?: 'refusal' | 'unasked';
  /** It was no longer there when it was asked for. */
  isGone?: true;
  /** Answers other than 2xx, each once. */
  codes: number[];
  /** Why it was refused last. */
  cause?: string;
}

export const isDeletedPast = ({ past }: PodPicture): boolean => past !== undefined;
