import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../sandbox/clock.ts';
import { createEksTokenSource, type EksTokenOptions } from '../../../shared/adapters/eks-token.ts';

const minuteMs = 60_000;
const noon = Date.UTC(2026, 0, 31, 12);
const keys = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'token+with/reserved=characters',
};

function start(options: Partial<EksTokenOptions> = {}) {
  const clock = createManualClock(noon);
  const asked: unknown[] = [];
  const credentials = async (how: unknown) => {
    asked.push(how);
    return keys;
  };
  const source = createEksTokenSource({ clusterName: 'prod', region: 'eu-west-1', credentials, ...options }, { clock });
  return { clock, source, asked };
}

function urlIn(token: string): URL {
  expect(token).toMatch(/^k8s-aws-v1\.[\w-]+$/);
  return new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString());
}

describe('a token', () => {
  // The signatures are those of `aws eks get-token` (AWS CLI 1.45.11) for the same keys, cluster and second.
  it.each([
    ['eu-west-1', 'amazonaws.com', 'f6f71df3ded4eb7a39d36aa1bec2e8b0d42650c8f200e568e4ce090171a31c84'],
    ['cn-north-1', 'amazonaws.com.cn', '3e4da276de98eb334940f919ef8d5c2373f12da11800d2257a25c6bad74b77cf'],
    ['us-gov-west-1', 'amazonaws.com', 'be9099f4912017d06b2be340882a3566ac06fbb91b590a1eee9bfcaa826854e9'],
  ])('of %s is what the AWS CLI makes', async (region, suffix, signature) => {
    const url = urlIn(await start({ region }).source.current());
    expect(url.origin + url.pathname).toBe(`https://sts.${region}.${suffix}/`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      Action: 'GetCallerIdentity',
      Version: '2011-06-15',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': `AKIDEXAMPLE/20260131/${region}/sts/aws4_request`,
      'X-Amz-Date': '20260131T120000Z',
      'X-Amz-Expires': '60',
      'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
      'X-Amz-Security-Token': keys.sessionToken,
      'X-Amz-Signature': signature,
    });
  });

  it('is used for ten of its fifteen minutes', async () => {
    const { clock, source } = start();
    const first = await source.current();
    await clock.advance(10 * minuteMs - 1);
    expect(await source.current()).toBe(first);
    await clock.advance(1);
    const second = await source.current();
    expect(urlIn(second).searchParams.get('X-Amz-Date')).toBe('20260131T121000Z');
  });

  it('is not used longer than its credentials live', async () => {
    const credentials = async () => ({ ...keys, expiration: new Date(noon + 5 * minuteMs) });
    const { clock, source } = start({ credentials });
    const first = await source.current();
    await clock.advance(4 * minuteMs - 1);
    expect(await source.current()).toBe(first);
    await clock.advance(1);
    expect(await source.current()).not.toBe(first);
  });

  it('is made anew from fresh credentials when it was refused, once for all who ask together', async () => {
    const { clock, source, asked } = start();
    const refused = await source.current();
    await clock.advance(minuteMs);
    const fresh = await Promise.all([source.refresh(), source.refresh(), source.refresh()]);
    expect(new Set(fresh).size).toBe(1);
    expect(fresh[0]).not.toBe(refused);
    expect(await source.current()).toBe(fresh[0]);
    expect(asked).toEqual([{ forceRefresh: false }, { forceRefresh: true }]);
  });

  it('is not made without credentials, and the next caller tries again', async () => {
    const answers = [Promise.reject(new Error('no role')), Promise.resolve(keys)];
    const { source } = start({ credentials: () => answers.shift() ?? Promise.reject(new Error('asked too often')) });
    await expect(source.current()).rejects.toThrow('getting credentials for a token of cluster prod: Error: no role');
    urlIn(await source.current());
  });
});
