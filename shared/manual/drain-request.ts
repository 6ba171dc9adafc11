import type { ManualAction } from '../lifecycle/action.ts';
import type { ManualOptions } from '../lifecycle/manual-options.ts';
import type { MaxUnavailable } from './waves.ts';

/** Nodes that somebody wants drained, all of one cluster. */
export interface DrainRequest {
  /** One request; each of its nodes has a drain of its own. */
  requestId: string;
  requestedBy: string | undefined;
  /** Twelve digits, and the region; zeros and `local` where there is no AWS. */
  account: string;
  region: string;
  cluster: string;
  nodes: readonly NodeToDrain[];
  options: ManualOptions;
  maxUnavailable: MaxUnavailable;
  /** Auto Scaling is asked to end the instance of a node that is drained; undefined: it stays. */
  terminate?: { decrement: boolean };
}

/** What all nodes of a request have in common. */
export type CommonRequest = Omit<DrainRequest, 'nodes'>;

export interface NodeToDrain {
  name: string;
  /** The node's name where it is no EC2 instance. */
  instanceId: string;
  zone: string | undefined;
}

/** What the drain of one of the nodes is started with. */
export function actionOf(request: CommonRequest, node: NodeToDrain): ManualAction {
  const { requestId, requestedBy, account, region, cluster, options } = request;
  return {
    version: 1,
    kind: 'manual',
    account,
    region,
    instanceId: node.instanceId,
    cluster,
    node: node.name,
    requestId,
    ...(requestedBy === undefined ? {} : { requestedBy }),
    options,
  };
}

/** The execution of one node's drain: as long as Step Functions allows (80 characters), and the same each time it is asked for. */
export function executionOf(request: Pick<DrainRequest, 'requestId'>, node: Pick<NodeToDrain, 'instanceId'>): string {
  return `${node.instanceId}-manual-${request.requestId}`.slice(0, 80);
}
