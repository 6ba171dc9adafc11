import type { ApiFailure } from '../../../shared/lifecycle/api-failure.ts';

/** The connection broke, or nothing came in time. */
export const noAnswer: ApiFailure = {
  code: undefined,
  reason: undefined,
  message: 'no answer',
  causes: [],
  detailsKind: undefined,
  retryAfterSeconds: undefined,
};
