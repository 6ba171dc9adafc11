import { Metrics } from '@aws-lambda-powertools/metrics';
import type { MetricsPort } from '../ports.ts';

/** Dimensions with few values: each combination of them is a metric that costs money for as long as it is kept. */
type BoundedDimensions = Readonly<Record<string, string>> & { readonly [name in Unbounded]?: never };

type Unbounded = 'pod' | 'podName' | 'node' | 'nodeName' | 'instance' | 'instanceId' | 'execution' | 'uid';

interface BoundedMetrics extends MetricsPort {
  add(name: string, unit: 'Count' | 'Seconds', value: number, dimensions?: BoundedDimensions): void;
}

/**
 * Metrics as lines of the log, in CloudWatch's embedded metric format: no call, no permission. `add` throws RangeError for a
 * dimension that is empty or would name a pod, a node or an instance.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function createMetrics({ service }: { service: string }): BoundedMetrics {
  const metrics = new Metrics({ namespace: 'eks-node-lifecycle', serviceName: service });
  return {
    add: (name, unit, value, dimensions = {}) => {
      for (const [dimension, text] of Object.entries(dimensions)) refuseUnbounded(dimension, text);
      const line = metrics.singleMetric();
      for (const [dimension, text] of Object.entries(dimensions)) line.addDimension(dimension, text);
      line.addMetric(name, unit, value);
    },
  };
}

function refuseUnbounded(dimension: string, text: string | undefined): void {
  if (/^(pod|node|instance|execution|uid)(_?(name|id|uid))?$/i.test(dimension)) {
    throw new RangeError(`metric dimension ${dimension} has too many values`);
  }
  if (text === undefined || text.trim() === '') throw new RangeError(`metric dimension ${dimension} is empty`);
}
