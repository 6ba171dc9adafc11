import type { KubeResponse } from '../../shared/adapters/kube-transport.ts';

const reasons: Record<number, [reason: string, message: string]> = {
  401: ['Unauthorized', 'Unauthorized'],
  403: ['Forbidden', 'it is forbidden: no'],
  409: ['Conflict', 'Operation cannot be fulfilled: the object has been modified'],
  429: ['TooManyRequests', 'The server has received too many requests and has asked us to try again later'],
  500: ['InternalError', 'Internal error occurred: etcdserver: request timed out'],
  504: ['Timeout', 'request timed out'],
};

/** What an API server, or a proxy before it (503), says when it does not do what it was asked. */
export function fakeAnswer(status: number, retryAfter: number | undefined): KubeResponse {
  const known = reasons[status];
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  if (!known) return { status, headers, body: '<html><title>Service Unavailable</title></html>' };
  const [reason, message] = known;
  return {
    status,
    headers,
    body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: status, reason, message },
  };
}
