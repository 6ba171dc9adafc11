import { randomUUID } from 'node:crypto';
import type { AwsError } from './aws-error.ts';
import type { Operation, WireAnswer, WireRequest } from './wire.ts';
import { type XmlValue, xmlAnswer } from './xml.ts';

/** The AWS query protocol: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function readQuery({ url, body }: WireRequest): Operation {
  const { Action = '', ...input } = Object.fromEntries([...url.searchParams, ...new URLSearchParams(body)]);
  return { name: Action, input };
}

/** The values of `<name>.1`, `<name>.2` …, in order. */
export function listOf(input: Operation['input'], name: string): string[] {
  const values: string[] = [];
  for (let index = 1; `${name}.${index}` in input; index++) values.push(String(input[`${name}.${index}`]));
  return values;
}

export function queryAnswer(operation: string, namespace: string, result: XmlValue): WireAnswer {
  const value = { [`${operation}Result`]: result, ResponseMetadata: { RequestId: randomUUID() } };
  return xmlAnswer(200, `${operation}Response`, value, { namespace });
}

export function queryRefusal({ status, code, message }: AwsError): WireAnswer {
  const Type = status >= 500 ? 'Receiver' : 'Sender';
  const value = { Error: { Type, Code: code, Message: message }, RequestId: randomUUID() };
  return xmlAnswer(status, 'ErrorResponse', value);
}
