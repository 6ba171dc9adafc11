import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { AuditReport, AuditRun } from '../audit/audit-report.ts';
import { during } from './during.ts';
import { s3Text, s3TextIfAny } from './s3-text.ts';

type Whose = Pick<AuditRun, 'audit' | 'account' | 'region'>;

/** `latest`: what was told of; `security-hub`: what lies there. */
export type Remembered = 'latest' | 'security-hub';

export interface AuditHistoryPort {
  /** The JSON of a report that was remembered; undefined: none was. */
  recall(name: Remembered, whose: Whose, signal: AbortSignal): Promise<string | undefined>;
  /** For good, under the instant of its run. Where it lies: an `s3://` URL. */
  keep(report: AuditReport, page: string, signal: AbortSignal): Promise<string>;
  /** In place of the one before. */
  remember(name: Remembered, report: AuditReport, page: string | undefined, signal: AbortSignal): Promise<void>;
}

/**
 * Reports at `audits/<audit>/<account>/<region>/<instant>.json` of a bucket, each with its page beside it. Without the right to list the
 * bucket S3 answers 403 for a missing object, which throws as any other 403 does.
 */
export function createS3AuditHistory(client: Pick<S3Client, 'send'>, { bucket }: { bucket: string }): AuditHistoryPort {
  const keyOf = ({ audit, account, region }: Whose, name: string) => `audits/${audit}/${account}/${region}/${name}`;

  const put = async (key: string, text: string, type: string, signal: AbortSignal): Promise<void> => {
    const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: type });
    await during(`saving report s3://${bucket}/${key}`, signal, client.send(command, { abortSignal: signal }));
  };
  const save = async (name: string, report: AuditReport, page: string | undefined, signal: AbortSignal) => {
    const key = keyOf(report.run, name);
    if (page !== undefined) await put(`${key}.html`, page, 'text/html; charset=utf-8', signal);
    await put(`${key}.json`, JSON.stringify(report), 'application/json', signal);
    return `s3://${bucket}/${key}.json`;
  };

  return {
    recall: async (name, whose, signal) => {
      const Key = `${keyOf(whose, name)}.json`;
      return during(
        `loading report s3://${bucket}/${Key}`,
        signal,
        s3TextIfAny(client, { Bucket: bucket, Key }, signal),
      );
    },
    // A colon in a name would be encoded in every address.
    keep: (report, page, signal) => save(report.run.startedAt.replaceAll(':', ''), report, page, signal),
    remember: async (...[name, report, page, signal]) => {
      await save(name, report, page, signal);
    },
  };
}

/** The text at `s3://BUCKET/KEY`. */
export async function loadS3Text(client: Pick<S3Client, 'send'>, url: string, signal: AbortSignal): Promise<string> {
  const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
  return during(`loading ${url}`, signal, s3Text(client, { Bucket, Key }, signal));
}
