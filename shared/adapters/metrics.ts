import { Metrics } from '@aws-lambda-powertools/metrics';
import { metricsNamespace, type Service } from '../metrics-catalogue.ts';
import type { MetricsPort } from '../ports.ts';

/**
 * Metrics as lines of the log, in CloudWatch's embedded metric format: no call, no permission. `add` throws RangeError for a dimension that is
 * empty: it would be dropped, and the value would join another metric.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function createMetrics({ service }: { service: Service }): MetricsPort {
  const metrics = new Metrics({ namespace: metricsNamespace, serviceName: service });
  return {
    add: (...[name, unit, value, dimensions = {}]) => {
      const entries = Object.entries<string>(dimensions);
      for (const [dimension, text] of entries) {
        if (text.trim() === '') throw new RangeError(`metric dimension ${dimension} is empty`);
      }
      const line = metrics.singleMetric();
      for (const [dimension, text] of entries) line.addDimension(dimension, text);
      line.addMetric(name, unit, value);
    },
  };
}
