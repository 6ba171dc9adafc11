import type { IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';

/** What somebody must look at. */
export interface Watch {
  metric: IMetric;
  /** What is the matter, and what to do first: two sentences. */
  says: string;
  /** Its heading in docs/operations.md, where its name is not. */
  runbook?: string;
  /** It goes off above that; 0 where one occurrence is enough. */
  above?: number;
  /** It goes off below that, instead. */
  below?: number;
  /** So many periods in a row. */
  periods?: number;
  /** What a period says in which nothing was written: that all is well, if nothing stands here. */
  missing?: TreatMissingData;
}

export type Watches = Readonly<Record<string, Watch>>;

/** A call that fails is repeated within seconds, and again after longer: three times in a period is no hiccup. */
export const repeated = { above: 2 };

/**
 * For what is repeated by itself for 21 minutes on average, or longer: a quarter of an hour is no burst any more, and leaves time to help.
 */
export const lasting = { periods: 3 };
