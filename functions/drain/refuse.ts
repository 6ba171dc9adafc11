import type { ApiFailure } from '../../shared/lifecycle/api-failure.ts';
import type { ResolvedTargets } from '../../shared/manual/resolve-targets.ts';
import { mostNodes } from '../../shared/settings/manual-request.ts';
import type { ErrorAnswer, ErrorCode } from './answer.ts';

type Action = NonNullable<ErrorAnswer['action']>;

export function refuse(action: Action, code: ErrorCode, message: string, next: string): ErrorAnswer {
  return { version: 1, action, error: { code, message, next } };
}

/** The API server does not answer, or does not let us. */
export function refuseFailure(action: Action, doing: string, { code, message }: ApiFailure): ErrorAnswer {
  const [error, next] = explained(code);
  return refuse(action, error, `${doing}: ${message}`, next);
}

function explained(code: number | undefined): [ErrorCode, string] {
  if (code === 400) return ['bad-selector', 'Write the selector as kubectl get nodes -l takes it.'];
  if (code === 401)
    return [
      'not-mapped',
      'Give the role in the output ManualRoleArn an access entry in that cluster with our two groups.',
    ];
  if (code === 403) return ['denied', 'Apply what "npm run enl -- rbac" prints to that cluster.'];
  if (code === undefined)
    return [
      'cluster-unreachable',
      'A private endpoint is reached from a network of the settings only; else see whether the cluster is well.',
    ];
  return ['cluster-refuses', 'Ask again; if it stays so, the message is the API server’s own.'];
}

/** A target that means no node that we may drain. */
export function refuseTarget(action: Action, resolved: Exclude<ResolvedTargets, { found: 'nodes' }>): ErrorAnswer {
  switch (resolved.found) {
    case 'none': {
      const near = resolved.near;
      const next =
        near.length > 0 ? `Was ${near.join(' or ')} meant?` : 'kubectl get nodes lists those that there are.';
      return { ...refuse(action, 'no-node', resolved.text, next), ...(near.length > 0 ? { near } : {}) };
    }
    case 'two-nodes':
      return refuse(action, 'two-nodes', resolved.text, 'One is left over: name the node that is meant.');
    case 'eks-managed':
      return refuse(
        action,
        'eks-managed',
        resolved.text,
        `aws eks update-nodegroup-version --nodegroup-name ${resolved.nodegroup}`,
      );
    case 'no-aws':
      return refuse(action, 'no-node', resolved.text, 'Name the nodes.');
    case 'unreadable':
      return refuseFailure(action, resolved.what, resolved.failure);
  }
}

/** History and size of an execution have room for so many. */
export function refuseSo(action: Action, nodes: number): ErrorAnswer | undefined {
  if (nodes <= mostNodes) return undefined;
  const text = `${nodes} nodes are more than the ${mostNodes} that one request may have`;
  return refuse(action, 'too-many-nodes', text, 'Ask for them in parts, by a selector of the zone for example.');
}
