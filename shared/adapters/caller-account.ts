import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { during } from './during.ts';
import type { AwsCredentials } from './eks-token.ts';

export interface CallerOptions {
  region: string;
  /** An AWS client's `config.credentials` serves. */
  credentials: () => Promise<AwsCredentials>;
  /** Only for a sandbox; default the region's own STS endpoint. */
  stsEndpoint?: string;
}

const answerMilliseconds = 10_000;

/** The account that the credentials are of: it takes no right to ask. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export function callerAccount(options: CallerOptions, signal: AbortSignal): Promise<string> {
  return during('asking whose the credentials are', signal, ask(options, signal));
}

async function ask({ region, credentials, stsEndpoint }: CallerOptions, signal: AbortSignal): Promise<string> {
  const url = new URL(stsEndpoint ?? `https://sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`);
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    headers: { host: url.host, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body,
  });
  const { host: _, ...sent } = headers;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(answerMilliseconds)]);
  const answer = await fetch(new URL('/', url), { method: 'POST', headers: sent, body, signal: limit });
  const text = await answer.text();
  const [, account] = /<Account>(\d{12})<\/Account>/.exec(text) ?? [];
  if (answer.ok && account !== undefined) return account;
  const [, code = `HTTP ${answer.status}`] = /<Code>(\w+)<\/Code>/.exec(text) ?? [];
  throw Object.assign(new Error(text.match(/<Message>([^<]+)/)?.[1] ?? 'there is no account in the answer'), {
    name: code,
  });
}
