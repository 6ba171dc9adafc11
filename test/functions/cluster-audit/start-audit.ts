import { onTestFinished } from 'vitest';
import { addDemoGroups, stackOutputs } from '../../../sandbox/world/demo-groups.ts';
import { startFunction } from '../../../sandbox/world/function-thread.ts';
import type { AuditReport } from '../../../shared/audit/audit-report.ts';
import type { AuditResult } from '../../../shared/audit/result.ts';
import { hookNames } from '../../../shared/lifecycle/own-hooks.ts';
import { clusterAuditEnvironment } from '../../../shared/settings/cluster-audit.ts';
import { never, startAws } from '../../sandbox/aws/start-aws.ts';
import { startS3 } from '../../shared/adapters/start-s3.ts';

/** The real handler in a thread of its own, with the sandbox's Auto Scaling and a bucket over HTTP; its bundle where `built` says. */
export async function startAudit({ clusterNames = ['demo'], built }: { clusterNames?: string[]; built?: string } = {}) {
  const [aws, s3] = [await startAws(), await startS3()];
  addDemoGroups(aws.sandbox);
  const settings = clusterAuditEnvironment({
    ...stackOutputs,
    clusterNames,
    heartbeatSeconds: 1800,
    hookNames: Object.values(hookNames),
    requireTag: false,
    reportBucket: 'bucket',
    logLevel: 'info',
  });
  const { accessKeyId, secretAccessKey } = aws.server.credentials;
  const environment = {
    ...settings,
    AWS_REGION: aws.sandbox.region,
    AWS_ENDPOINT_URL_AUTO_SCALING: aws.server.url,
    AWS_ENDPOINT_URL_S3: s3.url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
  const lines: Record<string, unknown>[] = [];
  const thread = startFunction({
    folder: 'cluster-audit',
    arn: 'arn:aws:lambda:eu-west-1:123456789012:function:cluster-audit',
    environment,
    timeoutSeconds: 300,
    onLine: (line) => void lines.push(JSON.parse(line)),
    built,
  });
  onTestFinished(thread.close);
  const reports = () => [...s3.objects.values()].map((text) => JSON.parse(text) as AuditReport);
  return { ...aws, s3, lines, reports, invoke: () => thread.invoke({}, never) };
}

/** Of the newest report, shortly. */
export function findingsIn(report: AuditReport | undefined): string[] {
  return (report?.results ?? []).map((each) => `${each.status} ${each.severity} ${whatOf(each)}`);
}

/** Which of them it is, without the digits of its fingerprint. */
export function whatOf({ id, cluster, resource, matter }: Pick<AuditResult, 'id' | 'cluster' | 'resource' | 'matter'>) {
  return [id, cluster, resource, ...(matter === undefined ? [] : [matter])].join('/');
}

/** The values of a metric in the order in which they were written. */
export function valuesOf(lines: readonly Record<string, unknown>[], name: string): unknown[] {
  return lines.filter((line) => '_aws' in line && name in line).map((line) => line[name]);
}
