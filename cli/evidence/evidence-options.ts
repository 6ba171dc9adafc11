import type { RangeOptions } from '../query/read-range.ts';

export const evidenceFormats = ['text', 'json', 'html'] as const;
export type EvidenceFormat = (typeof evidenceFormats)[number];

export interface EvidenceOptions extends RangeOptions {
  drain?: string;
  node?: string;
  report?: string;
  reports?: string;
  cluster?: string;
  logGroup?: string;
  file?: string[];
  user?: string[];
  /** In seconds. */
  tolerance: number;
  maxBytes?: number;
  region?: string;
  profile?: string;
  output: EvidenceFormat;
  outputFile?: string;
}
