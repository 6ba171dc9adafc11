import type { CommonRequest, DrainRequest, NodeToDrain } from '../../shared/manual/drain-request.ts';
import type { Wave } from '../../shared/manual/waves.ts';

/** What the machine of requests is started with; infra/constructs/request-definition.ts has the paths. */
export interface RequestInput {
  request: CommonRequest;
  /** Zone by zone. */
  waves: NodeToDrain[][];
  atOnce: number;
  /** None yet: what is summed up even when the execution does not come to any. */
  results: [];
}

export function requestInput(
  { nodes: _, ...request }: DrainRequest,
  waves: readonly Wave[],
  most: number,
): RequestInput {
  return { request, waves: waves.map(({ nodes }) => nodes), atOnce: most, results: [] };
}
