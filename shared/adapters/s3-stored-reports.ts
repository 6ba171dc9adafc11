import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { during } from './during.ts';
import type { StoredReports } from './open-stored-reports.ts';
import { s3Text } from './s3-text.ts';

/** The JSON objects of a bucket whose keys begin so. */
export function createS3StoredReports(
  client: S3Client,
  { bucket, prefix }: { bucket: string; prefix: string },
): StoredReports {
  const list = async (abortSignal: AbortSignal) => {
    const found: { key: string; changedAt: number }[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2(
      { client },
      { Bucket: bucket, Prefix: prefix },
      { abortSignal },
    ))
      for (const { Key, LastModified } of Contents)
        if (Key?.endsWith('.json')) found.push({ key: Key, changedAt: LastModified?.getTime() ?? 0 });
    return found;
  };
  return {
    list: (signal) => during(`listing s3://${bucket}/${prefix}`, signal, list(signal)),
    read: (key, signal) =>
      during(`loading report s3://${bucket}/${key}`, signal, s3Text(client, { Bucket: bucket, Key: key }, signal)),
  };
}
