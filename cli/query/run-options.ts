import type { Stream } from '../../shared/log-insights/query.ts';
import type { ParameterOptions } from './parameter-options.ts';
import type { RangeOptions } from './read-range.ts';
import type { ResultFormat } from './render-result.ts';

export interface RunOptions extends ParameterOptions, RangeOptions {
  queryFile?: string;
  cluster?: string;
  logGroup?: string;
  file?: string[];
  stream?: Stream;
  maxBytes?: number;
  region?: string;
  profile?: string;
  output: ResultFormat;
  outputFile?: string;
}

export const logStreams = [
  'audit',
  'apiserver',
  'authenticator',
  'scheduler',
  'cloudtrail',
] as const satisfies readonly Stream[];
