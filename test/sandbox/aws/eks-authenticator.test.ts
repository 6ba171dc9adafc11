import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, it } from 'vitest';
import { createEksAuthenticator } from '../../../sandbox/aws/eks-authenticator.ts';
import { createEksTokenSource } from '../../../shared/adapters/eks-token.ts';
import { startAws } from './start-aws.ts';

const drainer = { user: 'eks-node-lifecycle', groups: ['drainers'] };

async function start() {
  const aws = await startAws();
  const { sandbox, server, clock } = aws;
  const accessEntries = { 'arn:aws:iam::123456789012:role/eks-node-lifecycle': drainer };
  for (const name of ['prod', 'staging']) sandbox.clusters.set(name, { name, status: 'ACTIVE', accessEntries });
  const credentialsOf = (role: string) => async () => sandbox.identities.credentialsOf(role);
  const tokens = (role = 'eks-node-lifecycle', clusterName = 'prod') =>
    createEksTokenSource(
      { clusterName, region: sandbox.region, credentials: credentialsOf(role), stsEndpoint: server.url },
      { clock },
    );
  return { ...aws, tokens, authenticate: createEksAuthenticator(sandbox, { clusterName: 'prod' }) };
}

interface Change {
  query?: Record<string, string>;
  headers?: Record<string, string>;
  expiresIn?: number;
  aheadMs?: number;
}

const encode = (url: URL) => `k8s-aws-v1.${Buffer.from(url.href).toString('base64url')}`;
const decode = (token: string) => new URL(Buffer.from(token.slice(11), 'base64url').toString());

describe('a token of our adapter', () => {
  it('is the user of the access entry of its role', async () => {
    const { authenticate, tokens } = await start();
    expect(await authenticate(await tokens().current())).toEqual(drainer);
  });

  it('is nobody when its role has no access entry', async () => {
    const { authenticate, tokens } = await start();
    expect(await authenticate(await tokens('somebody-else').current())).toBeUndefined();
  });

  it('is nobody in another cluster', async () => {
    const { authenticate, tokens } = await start();
    expect(await authenticate(await tokens('eks-node-lifecycle', 'staging').current())).toBeUndefined();
  });

  it('is good for 15 minutes, and renewed before they are over', async () => {
    const { authenticate, tokens, clock } = await start();
    const source = tokens();
    const token = await source.current();
    await clock.advance(15 * 60_000);
    expect(await authenticate(token)).toEqual(drainer);
    await clock.advance(1);
    expect(await authenticate(token)).toBeUndefined();
    expect(await authenticate(await source.current())).toEqual(drainer);
  });
});

describe('a token that was tampered with', () => {
  it.each<[string, (url: URL) => unknown]>([
    ['another action', (url) => url.searchParams.set('Action', 'AssumeRole')],
    ['another host', (url) => Object.assign(url, { host: 'sts.example.com' })],
    ['another path', (url) => Object.assign(url, { pathname: '/elsewhere' })],
    ['a later date', (url) => url.searchParams.set('X-Amz-Date', '20260131T120100Z')],
    ['a broken date', (url) => url.searchParams.set('X-Amz-Date', 'today')],
    ['an unknown key', (url) => url.searchParams.set('X-Amz-Credential', 'AKIA/20260131/eu-west-1/sts/aws4_request')],
    ['no session token', (url) => url.searchParams.delete('X-Amz-Security-Token')],
    ['another signature', (url) => url.searchParams.set('X-Amz-Signature', '0'.repeat(64))],
  ])('with %s is nobody', async (_, tamper) => {
    const { authenticate, tokens } = await start();
    const url = decode(await tokens().current());
    expect(await authenticate(encode(url))).toEqual(drainer);
    tamper(url);
    expect(await authenticate(encode(url))).toBeUndefined();
  });

  it.each(['', 'k8s-aws-v1.', 'k8s-aws-v1.aGVsbG8', 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln'])('%j is nobody', async (token) => {
    const { authenticate } = await start();
    expect(await authenticate(token)).toBeUndefined();
  });
});

describe('a token that its owner signed', () => {
  const owner = async (change: Change = {}) => {
    const aws = await start();
    const { sandbox, authenticate } = aws;
    const credentials = sandbox.identities.credentialsOf('eks-node-lifecycle');
    const { query, headers, expiresIn = 60, aheadMs = 0 } = change;
    const signed = await new SignatureV4({
      service: 'sts',
      region: sandbox.region,
      credentials,
      sha256: Sha256,
    }).presign(
      {
        method: 'GET',
        protocol: 'https:',
        hostname: 'sts.example.com',
        path: '/',
        query: { Action: 'GetCallerIdentity', Version: '2011-06-15', ...query },
        headers: { host: 'sts.example.com', ...(headers ?? { 'x-k8s-aws-id': 'prod' }) },
      },
      { expiresIn, signingDate: new Date(aws.clock.now() + aheadMs) },
    );
    const url = new URL('https://sts.example.com/');
    for (const [name, value] of Object.entries(signed.query ?? {})) url.searchParams.set(name, String(value));
    return authenticate(encode(url));
  };

  it('is good for any STS host and clocks that differ by minutes', async () => {
    expect(await owner()).toEqual(drainer);
    expect(await owner({ aheadMs: 15 * 60_000, expiresIn: 900 })).toEqual(drainer);
  });

  it.each<[string, Change]>([
    ['another action', { query: { Action: 'AssumeRole' } }],
    ['a parameter that EKS does not expect', { query: { 'x-id': 'GetCallerIdentity' } }],
    ['no cluster', { headers: {} }],
    ['too long a life', { expiresIn: 901 }],
    ['a date to come', { aheadMs: 15 * 60_000 + 1_000 }],
  ])('with %s is nobody', async (_, change) => {
    expect(await owner(change)).toBeUndefined();
  });
});

describe('the STS endpoint', () => {
  it('tells the caller of the request in a token who it is, if the cluster is named', async () => {
    const { tokens, operations } = await start();
    const url = decode(await tokens().current());
    const answer = await fetch(url, { headers: { 'x-k8s-aws-id': 'prod' } });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(
      '<Arn>arn:aws:sts::123456789012:assumed-role/eks-node-lifecycle/sandbox</Arn>',
    );
    const refused = await fetch(url, { headers: { 'x-k8s-aws-id': 'staging' } });
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
    expect(operations()).toEqual(['GetCallerIdentity', 'GetCallerIdentity']);
  });
});
