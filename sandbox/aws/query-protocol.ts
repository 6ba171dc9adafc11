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

/** The structures `<name>.1.<field>`, `<name>.2.<field>` …, in order. */
export function structuresOf(input: Operation['input'], name: string): Record<string, string>[] {
  const structures: Record<string, string>[] = [];
  for (const [key, value] of Object.entries(input)) {
    const [index = '', field] = key.startsWith(`${name}.`) ? key.slice(name.length + 1).split('.') : [];
    if (field !== undefined)
      structures[Number(index) - 1] = { ...structures[Number(index) - 1], [field]: String(value) };
  }
  return structures;
}

/** One page by `Marker` and `PageSize`; the next one's marker says where it begins. */
export function pageOf<T>(all: readonly T[], { Marker, PageSize }: Operation['input']): { items: T[]; next?: string } {
  const from = Number(Marker ?? 0);
  const to = from + Number(PageSize ?? 400);
  return { items: all.slice(from, to), ...(to < all.length && { next: String(to) }) };
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
