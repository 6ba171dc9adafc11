import { metricsNamespace } from '../../../shared/metrics-catalogue.ts';
import { keyOf } from './catalogue-keys.ts';
import type { WrittenLine } from './written.ts';

interface MetricLine {
  service: string;
  _aws: { CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[] };
}

/** Takes apart what functions write: lines of their logs, and metrics by their keys. */
export function readWritten(texts: readonly string[]): { lines: WrittenLine[]; keys: Set<string> } {
  const lines: WrittenLine[] = [];
  const keys = new Set<string>();
  for (const text of texts.filter((each) => each.startsWith('{'))) {
    const line = JSON.parse(text) as WrittenLine | MetricLine;
    if ('_aws' in line) for (const key of keysIn(line as MetricLine)) keys.add(key);
    else lines.push(line);
  }
  return { lines, keys };
}

function keysIn({ service, _aws }: MetricLine): string[] {
  return _aws.CloudWatchMetrics.filter(({ Namespace }) => Namespace === metricsNamespace).flatMap(
    ({ Dimensions, Metrics }) =>
      Metrics.flatMap(({ Name }) =>
        Dimensions.map((names) =>
          keyOf(
            service,
            Name,
            names.filter((name) => name !== 'service'),
          ),
        ),
      ),
  );
}
