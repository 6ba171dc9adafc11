import { type IMetric, MathExpression, Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import {
  type DimensionNames,
  type DimensionsOf,
  type MetricName,
  metricsNamespace,
  type NameFrom,
  type Service,
} from '../../shared/metrics-catalogue.ts';

/** Short enough to be told in time, long enough to see what belongs together: the metrics are written when something ends. */
export const period = Duration.minutes(5);

/** One metric of the catalogue. */
export function ownMetric<S extends Service, N extends NameFrom<S>>(
  service: S,
  metricName: N,
  dimensions: DimensionsOf<N>,
  options: MetricOptions = {},
): Metric {
  const dimensionsMap = { service, ...(dimensions as Record<string, string>) };
  return new Metric({ namespace: metricsNamespace, metricName, dimensionsMap, statistic: 'Sum', period, ...options });
}

export interface Search<N extends MetricName> {
  /** Its dimensions beside `service`, all of them: a search finds metrics that have these and no others. */
  by: readonly DimensionNames<N>[];
  statistic?: string;
  /** Values that are left out. */
  without?: Partial<Record<DimensionNames<N>, string>>;
  /** Comes before the values. */
  label?: string;
}

/**
 * A line for each combination of values that was written in the last two weeks.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
 */
export function searchFor<S extends Service, N extends NameFrom<S>>(
  service: S,
  metricName: N,
  { by, statistic = 'Sum', without = {}, label }: Search<N>,
): IMetric {
  const names = by as readonly string[];
  const schema = [`"${metricsNamespace}"`, 'service', ...names].join(',');
  const excluded = Object.entries<string | undefined>(without).map(([name, value]) => ` NOT ${name}="${value}"`);
  const term = `service="${service}" MetricName="${metricName}"${excluded.join('')}`;
  const values = names.map((name) => `\${PROP('Dim.${name}')}`).join(' ');
  return new MathExpression({
    expression: `SEARCH('{${schema}} ${term}', '${statistic}')`,
    label: label === undefined ? values : `${label} ${values}`,
    period,
  });
}

/** All of these together; what is not written counts for nothing. */
export function sumOf(metrics: Readonly<Record<string, IMetric>>, label?: string): MathExpression {
  return new MathExpression({
    expression: 'SUM(METRICS())',
    usingMetrics: { ...metrics },
    period,
    ...(label !== undefined && { label }),
  });
}
