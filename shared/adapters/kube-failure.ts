import type { V1Status } from '@kubernetes/client-node';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import type { KubeResponse } from './kube-transport.ts';
import type { Wire } from './kube-wire.ts';

/** What an API server (or something in front of it) said instead of a value. */
export function failureOf(response: KubeResponse): ApiFailure {
  const status = statusIn(response.body);
  return {
    code: response.status,
    reason: status?.reason,
    message: cut(status?.message ?? `HTTP ${response.status}: ${shortText(response.body)}`),
    causes: (status?.details?.causes ?? []).map(({ reason, message }) => ({ reason, message: cut(message ?? '') })),
    detailsKind: status?.details?.kind,
    retryAfterSeconds: retryAfterSeconds(response.headers) ?? status?.details?.retryAfterSeconds,
  };
}

/** A webhook may say as much as it likes; states, events and log lines have limits. */
const mostCharacters = 500;

function cut(message: string): string {
  return message.length > mostCharacters ? `${message.slice(0, mostCharacters)}…` : message;
}

/** Nobody answered, or nobody who speaks for a Kubernetes API. */
export function noAnswerFailure(message: string): ApiFailure {
  return {
    code: undefined,
    reason: undefined,
    message,
    causes: [],
    detailsKind: undefined,
    retryAfterSeconds: undefined,
  };
}

function statusIn(body: unknown): Wire<V1Status> | undefined {
  const isStatus = typeof body === 'object' && body !== null && 'kind' in body && body.kind === 'Status';
  return isStatus ? (body as Wire<V1Status>) : undefined;
}

/** A proxy's page by its title, anything else by how it begins. */
export function shortText(body: unknown): string {
  const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
  const title = /<title>([^<]*)<\/title>/i.exec(text)?.[1];
  const words = (title ?? text.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim();
  return words.length > 200 ? `${words.slice(0, 200)}…` : words;
}

/** Seconds or an HTTP date (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after), which is read against the answer's own Date. */
function retryAfterSeconds(headers: KubeResponse['headers']): number | undefined {
  const value = headers['retry-after']?.trim();
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const seconds = Math.ceil((Date.parse(value) - Date.parse(headers.date ?? '')) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
