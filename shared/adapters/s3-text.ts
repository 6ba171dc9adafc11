import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { answered } from './answered.ts';
import { isNamed } from './error-name.ts';

interface Address {
  Bucket: string;
  Key: string;
}

/** What an object holds. Without the right to list the bucket S3 answers 403 for one that is not there. */
export async function s3Text(
  client: Pick<S3Client, 'send'>,
  address: Address,
  abortSignal: AbortSignal,
): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand(address), { abortSignal });
  return answered('Body', Body).transformToString();
}

/** undefined: there is no such object. */
export function s3TextIfAny(...asked: Parameters<typeof s3Text>): Promise<string | undefined> {
  return s3Text(...asked).catch((error: unknown) => {
    if (isNamed(error, 'NoSuchKey')) return undefined;
    throw error;
  });
}
