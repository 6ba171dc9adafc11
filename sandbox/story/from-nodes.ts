import { excludeLabel } from '../../shared/lifecycle/mark.ts';
import { conditionOf } from '../cluster/conditions.ts';
import type { Node } from '../cluster/objects.ts';
import type { ClusterChange } from '../world/observation.ts';
import type { Told } from './line.ts';
import type { Memory } from './memory.ts';

const startUpTaint = 'eks-node-lifecycle.io/not-ready';

/** What becomes of nodes beside their cordon for a drain: they join, become ready, are opened, fall silent and are gone. */
export function nodeChanged(node: Node, type: ClusterChange['type'], { nodes }: Memory): Told[] {
  const { name } = node.metadata;
  const before = nodes.get(name);
  if (type === 'DELETED') {
    nodes.delete(name);
    return [{ mark: 'node', text: `${name} is deleted: its instance is gone`, tone: 'quiet' }];
  }
  nodes.set(name, node);
  if (type === 'LISTED') return [];
  if (!before) return [joined(node)];
  return [...readiness(before, node), ...opened(before, node), ...labelled(before, node)];
}

function joined(node: Node): Told {
  const tainted = isTainted(node) ? ', and nothing is placed on it before its start-up taint is taken away' : '';
  return { mark: 'node', text: `${node.metadata.name} joins the cluster: it is not ready yet${tainted}` };
}

function readiness(before: Node, node: Node): Told[] {
  const [was, is] = [conditionOf(before, 'Ready'), conditionOf(node, 'Ready')];
  if (was?.status === is?.status || is === undefined) return [];
  const { name } = node.metadata;
  if (is.status === 'True') return [{ mark: 'ready', text: `${name} is Ready`, tone: 'good' }];
  return [{ mark: 'not ready', text: `${name}: ${is.message ?? is.reason ?? is.status}`, tone: 'quiet' }];
}

function opened(before: Node, node: Node): Told[] {
  const { name } = node.metadata;
  const told: Told[] = [];
  if (isTainted(before) && !isTainted(node)) {
    told.push({ mark: 'open', text: `${name} is rid of its start-up taint: pods may come`, tone: 'good' });
  }
  if (before.spec.unschedulable && !node.spec.unschedulable) {
    told.push({ mark: 'uncordon', text: `${name} is uncordoned`, tone: 'good' });
  }
  return told;
}

function labelled(before: Node, node: Node): Told[] {
  const [was, is] = [before.metadata.labels ?? {}, node.metadata.labels ?? {}];
  const added = Object.entries(is).filter(([key, value]) => was[key] !== value && key !== excludeLabel);
  const told: Told[] = [];
  if (added.length > 0) {
    const labels = added.map(([key, value]) => `${key}=${value}`).join(', ');
    told.push({ mark: 'labels', text: `${node.metadata.name} gets ${labels} from the tags of its group` });
  }
  if (excludeLabel in was && !(excludeLabel in is)) {
    told.push({ mark: 'labels', text: `${node.metadata.name} may be behind load balancers again` });
  }
  return told;
}

const isTainted = ({ spec }: Node) => spec.taints?.some(({ key }) => key === startUpTaint) ?? false;
