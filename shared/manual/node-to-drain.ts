import { drainId } from '../drain/session.ts';
import type { NodeView } from '../lifecycle/node.ts';
import { actionOf, type CommonRequest, type NodeToDrain } from './drain-request.ts';

/** The EC2 instance of a node, from its provider ID; undefined of one that is none. */
export function instanceOf({ providerId }: Pick<NodeView, 'providerId'>): string | undefined {
  return /\/(i-[0-9a-f]+)$/.exec(providerId ?? '')?.[1];
}

export function toDrain(node: Pick<NodeView, 'name' | 'providerId'> & { zone?: string | undefined }): NodeToDrain {
  return { name: node.name, instanceId: instanceOf(node) ?? node.name, zone: node.zone };
}

/** What the mark of a node says when it is this request's. */
export function drainOf(requestId: string, { instanceId, name }: Pick<NodeToDrain, 'instanceId' | 'name'>): string {
  const request: CommonRequest = {
    ...{ requestId, requestedBy: undefined, account: '', region: '', cluster: '' },
    ...{ options: {}, maxUnavailable: 1 },
  };
  return drainId({ action: actionOf(request, { name, instanceId, zone: undefined }) });
}
