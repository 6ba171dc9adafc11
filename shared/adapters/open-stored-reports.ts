import { createFolderReports } from './folder-reports.ts';

/** Reports where they lie, whatever they are of. */
export interface StoredReports {
  /** Every JSON file there, changed when, in epoch milliseconds. */
  list(signal: AbortSignal): Promise<{ key: string; changedAt: number }[]>;
  read(key: string, signal: AbortSignal): Promise<string>;
}

/** `s3://BUCKET`, `s3://BUCKET/PREFIX`, or a folder. The S3 client is large: it is loaded only for a bucket. */
export async function openStoredReports(
  place: string,
  access: { region?: string; profile?: string },
): Promise<StoredReports> {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(place) ?? [];
  if (bucket === undefined) return createFolderReports(place);
  const { openS3StoredReports } = await import('./open-s3-stored-reports.ts');
  return openS3StoredReports({ bucket, prefix: prefix === '' ? 'reports/' : prefix }, access);
}
