/** What a Kubernetes API call came to: a value, or a failure as the server (or the network) put it. */
export type ApiAnswer<T> = { ok: true; value: T } | { ok: false; failure: ApiFailure };

export interface ApiFailure {
  /** The HTTP status code; undefined when no answer came (refused, reset, timed out, unresolvable). */
  code: number | undefined;
  /** `Status.reason`, for example `TooManyRequests`; absent on some answers. */
  reason: string | undefined;
  message: string;
  causes: readonly { reason: string | undefined; message: string }[];
  /** `Status.details.kind`. */
  detailsKind: string | undefined;
  /** From the header Retry-After. */
  retryAfterSeconds: number | undefined;
}
