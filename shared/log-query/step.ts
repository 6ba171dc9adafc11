import type { Asked } from './asked.ts';
import type { QueryState } from './query-state.ts';
import type { QueryWish, StepPorts } from './query-wish.ts';

/** What the parts of a step work on: they change the draft, which is all that is left of them. */
export interface Step {
  draft: QueryState;
  wish: QueryWish;
  asked: Asked;
  ports: StepPorts;
  signal: AbortSignal;
}
