import type { QueryStatus } from './logs-port.ts';

/** A query that ended without a result. */
export class QueryFailedError extends Error {
  override readonly name = 'QueryFailedError';
  readonly queryId: string;
  readonly status: QueryStatus;

  constructor(queryId: string, status: QueryStatus) {
    super(`query ${queryId} ended as ${status}${hints[status] ?? ''}`);
    this.queryId = queryId;
    this.status = status;
  }
}

const hints: Partial<Record<QueryStatus, string>> = {
  Timeout: ': it ran for as long as a query may; ask for a shorter range',
  Cancelled: ': somebody stopped it',
};
