import type { WireAnswer } from './wire.ts';

export function jsonAnswer(
  status: number,
  body: unknown,
  { contentType = 'application/json', ...headers }: { contentType?: string; 'x-amzn-errortype'?: string } = {},
): WireAnswer {
  return { status, headers: { 'content-type': contentType, ...headers }, body: JSON.stringify(body) };
}
