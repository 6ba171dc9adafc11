import type { V1Node } from '@kubernetes/client-node';
import type { NodePatch } from '../cluster-port.ts';
import type { ApiAnswer } from '../lifecycle/api-failure.ts';
import { drainAnnotation } from '../lifecycle/mark.ts';
import type { NodeView } from '../lifecycle/node.ts';
import type { RollNode, RollNodesPort } from '../roll/roll-ports.ts';
import { itemsOf, list } from './kube-list.ts';
import { nodeView } from './kube-node-view.ts';
import { kubeNodes } from './kube-nodes.ts';
import type { KubeTransport } from './kube-transport.ts';
import { kubePath, type Wire } from './kube-wire.ts';

/** The id of the roll that cordoned a node. */
export const rollAnnotation = 'eks-node-lifecycle.io/roll';

const nodesPath = kubePath('api', 'v1', 'nodes');
const tries = 5;
const conflict = 409;
const notFound = 404;

/** The Nodes of one cluster as a roll needs them; a failure of the API is an Error that says what was being done. */
export function createRollNodes(transport: KubeTransport): RollNodesPort {
  const { getNode, patchNode } = kubeNodes(transport);

  /** A node that is gone needs no change. */
  const change = async (name: string, patchOf: (node: NodeView) => NodePatch | undefined, signal: AbortSignal) => {
    for (let attempt = 1; ; attempt++) {
      const node = await getNode(name, signal);
      if (!node.ok && node.failure.code === notFound) return;
      const patch = patchOf(orThrow(node, `reading node ${name}`));
      if (!patch) return;
      const answer = await patchNode(name, patch, signal);
      if (answer.ok || answer.failure.code === notFound) return;
      if (answer.failure.code !== conflict || attempt === tries) orThrow(answer, `patching node ${name}`);
    }
  };

  return {
    async nodesOf(instanceIds, signal) {
      const wanted = new Set(instanceIds);
      const view = (node: Wire<V1Node>) => {
        const instanceId = node.spec?.providerID?.split('/').at(-1) ?? '';
        return wanted.has(instanceId) ? rollNode(instanceId, nodeView(node)) : undefined;
      };
      return orThrow(itemsOf(await list(transport, { path: nodesPath }, view, signal)), 'listing nodes');
    },

    cordon: (name, rollId, signal) =>
      change(
        name,
        ({ unschedulable, resourceVersion }) =>
          unschedulable
            ? undefined
            : {
                metadata: { resourceVersion, annotations: { [rollAnnotation]: rollId } },
                spec: { unschedulable: true },
              },
        signal,
      ),

    uncordon: (name, rollId, signal) =>
      change(
        name,
        ({ annotations, resourceVersion }) =>
          annotations[rollAnnotation] === rollId
            ? { metadata: { resourceVersion, annotations: { [rollAnnotation]: null } }, spec: { unschedulable: null } }
            : undefined,
        signal,
      ),
  };
}

function rollNode(instanceId: string, node: NodeView): RollNode {
  const { name, ready, readyMessage, unschedulable, taints, annotations } = node;
  const cordonedBy = annotations[rollAnnotation];
  return {
    name,
    instanceId,
    ready,
    ...(readyMessage && { readyMessage }),
    unschedulable,
    taints,
    ...(cordonedBy && unschedulable && { cordonedBy }),
    drainMark: drainAnnotation in annotations,
  };
}

function orThrow<T>(answer: ApiAnswer<T>, what: string): T {
  if (answer.ok) return answer.value;
  const { code, message } = answer.failure;
  throw new Error(`${what}: ${code === undefined ? '' : `HTTP ${code}: `}${message}`, { cause: answer.failure });
}
