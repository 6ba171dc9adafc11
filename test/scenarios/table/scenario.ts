/** A situation that a drain must deal with, and what it does then. */
export interface Scenario {
  /** For example `T41`: titles of tests begin with it. */
  number: string;
  sentence: string;
  /** kubectl, Karpenter, Cluster Autoscaler or Cluster API do something else. */
  adapted: boolean;
}

export function scenario(number: string, sentence: string): Scenario {
  return { number, sentence, adapted: false };
}

export function adapted(number: string, sentence: string): Scenario {
  return { number, sentence, adapted: true };
}
