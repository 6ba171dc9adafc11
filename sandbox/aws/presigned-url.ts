import { timingSafeEqual } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Clock } from '../../shared/ports.ts';
import { AwsError } from './aws-error.ts';
import type { Identities, SandboxIdentity } from './identities.ts';

const lifetimeMs = 15 * 60_000;

/**
 * Whose presigned STS request this is. Throws STS's AwsError when the key is unknown, the signature does not fit the request or
 * it is older than 15 minutes; STS takes no notice of X-Amz-Expires.
 */
export async function verifyPresigned(
  url: URL,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  { identities, clock }: { identities: Identities; clock: Clock },
): Promise<SandboxIdentity> {
  const query = Object.fromEntries(url.searchParams);
  const { 'X-Amz-Signature': signature = '', 'X-Amz-SignedHeaders': signedHeaders = '', ...unsigned } = query;
  const [accessKeyId = '', , region = '', service = ''] = query['X-Amz-Credential']?.split('/') ?? [];
  const identity = identities.withAccessKey(accessKeyId);
  if (!identity || query['X-Amz-Security-Token'] !== identity.credentials.sessionToken) {
    throw new AwsError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.');
  }

  const signingDate = parseAmzDate(query['X-Amz-Date']);
  const age = clock.now() - signingDate.getTime();
  if (!(age <= lifetimeMs)) throw mismatch('Signature expired: the request is older than 15 minutes');
  if (age < -lifetimeMs) throw mismatch('Signature not yet current');

  const signer = new SignatureV4({ service, region, credentials: identity.credentials, sha256: Sha256 });
  const expected = await signer.presign(
    {
      method: 'GET',
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(Object.entries(unsigned).filter(([name]) => !name.startsWith('X-Amz-'))),
      headers: Object.fromEntries(signedHeaders.split(';').map((name) => [name, String(headers[name])])),
    },
    { signingDate, expiresIn: Number(query['X-Amz-Expires']) },
  );
  if (!equal(String(expected.query?.['X-Amz-Signature']), signature)) {
    throw mismatch('The request signature we calculated does not match the signature you provided.');
  }
  return identity;
}

/** `20260131T120000Z`; an invalid date when it is anything else. */
function parseAmzDate(text = ''): Date {
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function mismatch(message: string): AwsError {
  return new AwsError(403, 'SignatureDoesNotMatch', message);
}
