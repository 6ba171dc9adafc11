import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callerAccount } from '../../../shared/adapters/caller-account.ts';

const never = new AbortController().signal;
const credentials = async () => ({ accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'session' });
let answer = { status: 200, text: '' };
let asked: IncomingMessage | undefined;
const server = createServer((request, response) => {
  asked = request;
  request.resume().on('end', () => response.writeHead(answer.status).end(answer.text));
});

beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => once(server.close(), 'close'));

const ask = (signal = never) => {
  const { port } = server.address() as AddressInfo;
  return callerAccount({ region: 'eu-west-1', credentials, stsEndpoint: `http://127.0.0.1:${port}` }, signal);
};

it('tells the account of the credentials, which a signed question was asked with', async () => {
  answer = { status: 200, text: '<GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult>' };
  expect(await ask()).toBe('111122223333');
  expect(asked?.headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/sts\/aws4_request/,
  );
  expect(asked?.headers['x-amz-security-token']).toBe('session');
});

it.each([
  [403, '<Error><Code>ExpiredToken</Code><Message>it has expired</Message></Error>', /: ExpiredToken: it has expired$/],
  [200, '<html>sign in</html>', /: HTTP 200: there is no account in the answer$/],
])('says what was wrong with an answer %i that tells none', async (status, text, message) => {
  answer = { status, text };
  await expect(ask()).rejects.toThrow(message);
});

it('ends with the reason of whoever aborts', async () => {
  await expect(ask(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
});
