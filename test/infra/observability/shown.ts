import type { Template } from 'aws-cdk-lib/assertions';
import { metricsNamespace } from '../../../shared/metrics-catalogue.ts';
import { inWords } from '../synthesize.ts';
import { keyOf } from './catalogue-keys.ts';

export interface Widget {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  properties: {
    title?: string;
    markdown?: string;
    region?: string;
    alarms?: string[];
    metrics?: (string | { expression?: string; label?: string; visible?: boolean })[][];
  };
}

export function widgetsOf(template: Template): Widget[] {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  return (JSON.parse(String(inWords(dashboard?.Properties.DashboardBody))) as { widgets: Widget[] }).widgets;
}

/** What a dashboard or an alarm asks for: with values where it names them. */
export interface Asked {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string | undefined>>;
}

export function askedByWidgets(widgets: readonly Widget[]): Asked[] {
  return widgets.flatMap(({ properties }) => (properties.metrics ?? []).flatMap(askedByEntry));
}

function askedByEntry(entry: (string | { expression?: string })[]): Asked[] {
  const [first, name, ...rest] = entry;
  if (typeof first === 'object') return searchesIn(first.expression ?? '');
  const values = rest.filter((part) => typeof part === 'string');
  const dimensions: Record<string, string> = {};
  for (let index = 0; index + 1 < values.length; index += 2)
    dimensions[String(values[index])] = String(values[index + 1]);
  return [{ namespace: String(first), name: String(name), dimensions }];
}

const searchShape =
  /^SEARCH\('\{"([^"]+)",([\w,]+)\} service="(\w+)" MetricName="(\w+)"( NOT \w+="[\w-]+")*', '\w+'\)$/;

function searchesIn(expression: string): Asked[] {
  if (expression === 'SUM(METRICS())') return [];
  const [, namespace, names, service, name] = searchShape.exec(expression) ?? [];
  if (!namespace || !names || !name) throw new Error(`no search that is understood here: ${expression}`);
  const dimensions = Object.fromEntries(names.split(',').map((dimension) => [dimension, undefined]));
  return [{ namespace, name, dimensions: { ...dimensions, service } }];
}

interface AlarmMetric {
  Namespace: string;
  MetricName: string;
  Dimensions: { Name: string; Value: string }[];
}

export function askedByAlarms(template: Template): Asked[] {
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) =>
    inWords(Properties),
  );
  return (alarms as (AlarmMetric & { Metrics?: { MetricStat?: { Metric: AlarmMetric } }[] })[])
    .flatMap(({ Metrics, ...single }) => Metrics?.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) ?? [single])
    .map(({ Namespace, MetricName, Dimensions }) => ({
      namespace: Namespace,
      name: MetricName,
      dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
    }));
}

/** Those of the functions themselves, by their keys. */
export function ownKeys(asked: readonly Asked[]): Set<string> {
  return new Set(
    asked
      .filter(({ namespace }) => namespace === metricsNamespace)
      .map(({ name, dimensions: { service, ...others } }) => keyOf(String(service), name, Object.keys(others))),
  );
}
