import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { during } from './during.ts';
import { s3TextIfAny } from './s3-text.ts';

/** Where a run puts away what its next tick needs. */
export interface TextsPort {
  /** undefined: there is none. */
  load(key: string, signal: AbortSignal): Promise<string | undefined>;
  save(key: string, text: string, signal: AbortSignal): Promise<void>;
}

/** JSON in the objects of a bucket. Without the right to list the bucket S3 answers 403 for a missing object, which throws. */
export function createS3Texts(client: Pick<S3Client, 'send'>, { bucket }: { bucket: string }): TextsPort {
  return {
    load: (key, signal) =>
      during(`loading s3://${bucket}/${key}`, signal, s3TextIfAny(client, { Bucket: bucket, Key: key }, signal)),
    save: async (key, text, signal) => {
      const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: 'application/json' });
      await during(`saving s3://${bucket}/${key}`, signal, client.send(command, { abortSignal: signal }));
    },
  };
}
