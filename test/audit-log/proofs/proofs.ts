import { accessProofs } from './access.ts';
import { evictionProofs } from './evictions.ts';
import { healthProofs } from './health.ts';
import { nodeProofs } from './nodes.ts';
import { oddityProofs } from './oddities.ts';
import type { Proof } from './proof.ts';

/** By the id of the query: of those that read the audit log. */
export const proofs: Readonly<Record<string, Proof>> = {
  ...nodeProofs,
  ...evictionProofs,
  ...accessProofs,
  ...healthProofs,
  ...oddityProofs,
};
