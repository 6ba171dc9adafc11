import { describe, expect, it } from 'vitest';
import { withholdSecrets } from '../../../shared/lifecycle/withhold-secrets.ts';

describe('a line that somebody else wrote', () => {
  it.each([
    ['DB_PASSWORD=hunter2 next', 'DB_PASSWORD=(withheld) next'],
    ['--token hunter2, and', '--token (withheld), and'],
    ["api_key: 'hunter 2' x", 'api_key: (withheld) x'],
    ['"secretAccessKey":"hunter2","region":"x"', '"secretAccessKey":(withheld),"region":"x"'],
    [String.raw`{\"password\":\"hunter2\"}`, String.raw`{\"password\":(withheld)}`],
    ['Authorization: Basic aHVudGVyMg==', 'Authorization: (withheld)'],
    ['authorization Bearer hunter2', 'authorization (withheld)'],
    ['with bearer hunter2 x', 'with bearer (withheld) x'],
    ['https://me:hunter2@example.com/a', 'https://(withheld)@example.com/a'],
    ['https://b.s3.amazonaws.com/a?X-Amz-Signature=hunter2 x', 'https://b.s3.amazonaws.com/a?(withheld) x'],
    ['--API-KEY hunter2 --Secret hunter3', '--API-KEY (withheld) --Secret (withheld)'],
    ['AKIAIOSFODNN7EXAMPLE', '(withheld)'],
    ['7_alrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', '(withheld)'],
    ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', '(withheld)'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl', '(withheld)'],
  ])('withholds what looks like a secret: %s', (secret, told) => {
    expect(withholdSecrets(secret)).toBe(told);
    expect(withholdSecrets(`line 3 ${secret}`)).toBe(`line 3 ${told}`);
  });

  it.each([
    'util.py[WARNING]: Failed running /var/lib/cloud/instance/scripts/part-001 [1]',
    'kubelet: Get "https://0123456789ABCDEF0123456789ABCDEF.gr7.us-east-1.eks.amazonaws.com/api": dial tcp: i/o timeout',
    'started AmazonElasticKubernetesServiceNodeBootstrapper',
    'kubelet: node "ip-10-0-3-1.us-east-2.compute.internal" err="Unauthorized"',
    'kubelet: authenticating: You must be logged in to the server (the token has expired)',
    'sandbox-image[1]: failed to pull image 602401143452.dkr.ecr.us-east-1.amazonaws.com/eks/pause:3.10',
  ])('keeps what does not: %s', (line) => {
    expect(withholdSecrets(line)).toBe(line);
  });

  // Patterns that tried every way to divide it would still be at it when the test is given up.
  it.each(['-', 'a', '"', '://', 'token', 'token=', 'aA1', ' +'])('is read to its end, were it all %j', (part) => {
    expect(withholdSecrets(`${part.repeat(4_000)} end`)).toMatch(/end$|\(withheld\)/);
  });
});
