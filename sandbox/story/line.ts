/** One fact of the story. */
export interface Line {
  /** Milliseconds since the story began. */
  at: number;
  /** One word: what kind of fact. */
  mark: string;
  text: string;
  /** What follows from it, where that is not obvious. */
  next?: string;
  tone: 'plain' | 'good' | 'warn' | 'bad' | 'quiet';
}

/** Where things stand, for a progress bar. */
export interface Progress {
  /** Epoch milliseconds; undefined before the story begins. */
  startedAt?: number;
  done: number;
  total: number;
  /** A few words. */
  doing: string;
}

export type Told = Omit<Line, 'at' | 'tone'> & { tone?: Line['tone'] };
