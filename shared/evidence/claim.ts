/** Something that a report says was asked of the API server. Instants are epoch milliseconds. */
export interface Claim {
  kind: 'marked' | 'undone' | 'evicted' | 'tried' | 'forced' | 'delete-tried' | 'turn' | 'restarted';
  /** The node, a Deployment, or a pod, as `namespace/name`. */
  about: string;
  /** Of a pod. */
  uid?: string;
  /** When it was noted, or between when and when. */
  from: number;
  to: number;
  /** What the answer may have been. */
  fits: (code: number) => boolean;
  /** In words, for a person: `429`, `2xx`. */
  codes: string;
  /** Nobody answered, as far as the drain knows: it may never have come to the server. */
  mayBeMissing?: true;
  text: string;
}

/** What became of a claim. */
export interface JudgedClaim {
  claim: Claim;
  state: 'shown' | 'differs' | 'not-judged';
  /** The event that shows it, or that comes nearest. */
  auditId?: string;
  at?: number;
  code?: number;
}
