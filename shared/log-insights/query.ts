import type { Severity } from '../audit/finding.ts';
import { checkValues, type Parameter, type Values } from './parameters.ts';

/**
 * Whose log it is. All but CloudTrail's are streams of `/aws/eks/<cluster>/cluster`:
 * https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
 */
export type Stream = 'audit' | 'apiserver' | 'authenticator' | 'scheduler' | 'cloudtrail';

/** One row of a result, as CloudWatch gives it: every value a text, none for a column without one. */
export type Row = Readonly<Record<string, string>>;

/** How two rows of the same group, the earlier part of a split range first, become one. */
export type Merge = 'sum' | 'min' | 'max' | 'first' | 'last';

/** Which rows of a scheduled run are findings. */
export interface SeverityRule {
  /** In words, for the page. */
  when: string;
  /** `values` as `checkValues` gives them. */
  of: (row: Row, values: Values) => Severity | undefined;
}

/** What a row of a scheduled run is a finding of: whatever stays the same when it happens again, so no count and no instant. */
export interface FindingWords {
  /** What it is about, for example `pods/default/web-1`. */
  resource: (row: Row) => string;
  /** Who did it, or what is wrong. */
  matter: (row: Row) => string;
  /** The column that says when it was seen last. */
  seen: string;
}

export interface CatalogueQuery {
  /** For example `Q05`. */
  id: `Q${number}`;
  name: string;
  title: string;
  answers: string;
  streams: readonly Stream[];
  parameters: readonly Parameter[];
  /** With `{{name}}` where values go. */
  template: string;
  /** Filled in. @throws ParameterError */
  text: (values: Values) => string;
  /** How to read the result. */
  reading: string;
  severity?: SeverityRule;
  /** Of every query that has a severity rule. */
  finding?: FindingWords;
  /** Whether its range of time may be split: its rows are events, or aggregates that can be put together again. */
  mergeable: boolean;
  /** By the column of each aggregate; the other columns are the group. */
  aggregates?: Readonly<Record<string, Merge>>;
}

/** Surrounding empty lines of the template are left out. */
export function defineQuery(query: Omit<CatalogueQuery, 'text'>): CatalogueQuery {
  const template = query.template.trim();
  return { ...query, template, text: (values) => fill(template, checkValues(query.parameters, values)) };
}

/** A line with a parameter that was given no value is left out. */
function fill(template: string, values: Values): string {
  const placeholder = /\{\{(\w+)\}\}/g;
  const isFilled = (line: string) =>
    [...line.matchAll(placeholder)].every(([, name]) => Object.hasOwn(values, name ?? ''));
  const lines = template.split('\n').filter(isFilled);
  return lines.join('\n').replaceAll(placeholder, (_, name: string) => values[name] ?? '');
}
