/** One request to a Kubernetes API server, before it knows where that server is. */
export interface KubeRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** For example `/api/v1/nodes/worker-1`, each segment already URI-encoded. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  /** Default `application/json`. */
  contentType?: string;
  /** Default `application/json`. */
  accept?: string;
}

export interface KubeResponse {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The parsed JSON body; a string when it was not JSON. */
  body: unknown;
}

/** One frame of a watch, as the server sends it: one JSON object on a line. */
export interface KubeWatchFrame {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: unknown;
}

/**
 * How requests reach an API server: over HTTPS, or straight into the sandbox's model. `request` throws NoAnswerError when no
 * answer came. `watch` yields frames until the server ends it and throws NoAnswerError (network) or WatchRefusedError (an HTTP status).
 */
export interface KubeTransport {
  request(request: KubeRequest, signal: AbortSignal): Promise<KubeResponse>;
  watch(request: Pick<KubeRequest, 'path' | 'query'>, signal: AbortSignal): AsyncIterable<KubeWatchFrame>;
}

/** No HTTP answer: refused, reset, unresolvable, timed out. */
export class NoAnswerError extends Error {
  override name = 'NoAnswerError';
}

/** The server answered a watch with an HTTP error. */
export class WatchRefusedError extends Error {
  override name = 'WatchRefusedError';
  readonly response: KubeResponse;
  constructor(response: KubeResponse) {
    super(`watch refused with HTTP ${response.status}`);
    this.response = response;
  }
}
