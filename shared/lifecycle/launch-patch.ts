import type { Place } from './action.ts';
import { isClaimedByOther } from './claim.ts';
import { type NodeTemplate, startUpTaintKey } from './launch-template.ts';
import { readMark, undoPatch } from './mark.ts';
import type { NodeView, TaintView } from './node.ts';

/** One merge patch that makes a node what its group says it is. */
export interface LaunchPatch {
  metadata: {
    resourceVersion: string;
    labels?: Record<string, string | null>;
    annotations?: Record<string, string | null>;
  };
  spec?: { unschedulable?: null; taints?: TaintView[] };
}

/**
 * undefined: the node is that already. Labels and taints come in the very patch that takes the start-up taint away, so that no pod can slip in
 * between. A label or taint of another value is set to the tag's: the autoscaler chose the group by it, and a node that keeps another leaves
 * the pod pending that it was started for, and the next one after it. `undoMark`: what a drain left on the node is taken back.
 */
export function launchPatch(
  node: NodeView,
  template: NodeTemplate,
  does: { undoMark: boolean; admitPods: boolean },
): { patch: LaunchPatch; changes: string[] } | undefined {
  const undo = does.undoMark ? undoPatch(node) : undefined;
  const labels = Object.fromEntries(
    Object.entries(template.labels).filter(([key, value]) => node.labels[key] !== value),
  );
  const wanted = template.taints.filter(
    (taint) => !node.taints.some((has) => isSame(has, taint) && has.value === taint.value),
  );
  const released = does.admitPods && node.taints.some(({ key }) => key === startUpTaintKey);
  const changes = [
    ...(undo ? ['takes back the marks of its last drain'] : []),
    ...Object.entries(labels).map(([key, value]) => `label ${key}=${value}${instead(node.labels[key])}`),
    ...wanted.map(
      (taint) => `taint ${sayTaint(taint)}${instead(node.taints.find((has) => isSame(has, taint))?.value)}`,
    ),
    ...(released ? [`takes away the taint ${startUpTaintKey}`] : []),
  ];
  if (changes.length === 0) return undefined;
  const kept = node.taints.filter(
    (has) => !wanted.some((taint) => isSame(has, taint)) && !(released && has.key === startUpTaintKey),
  );
  const spec = {
    ...(undo?.spec ? { unschedulable: null } : {}),
    ...(wanted.length > 0 || released ? { taints: [...kept, ...wanted] } : {}),
  };
  const unlabelled = Object.keys(undo?.metadata.labels ?? {}).filter((key) => !(key in template.labels));
  const allLabels = { ...Object.fromEntries(unlabelled.map((key) => [key, null])), ...labels };
  const metadata = {
    resourceVersion: node.resourceVersion,
    ...(undo ? { annotations: undo.metadata.annotations } : {}),
    ...(Object.keys(allLabels).length > 0 ? { labels: allLabels } : {}),
  };
  const patch = { metadata, ...(Object.keys(spec).length > 0 ? { spec } : {}) };
  return { patch, changes };
}

function isSame(a: TaintView, b: TaintView): boolean {
  return a.key === b.key && a.effect === b.effect;
}

function sayTaint({ key, value, effect }: TaintView): string {
  return `${key}${value === undefined ? '' : `=${value}`}:${effect}`;
}

function instead(before: string | undefined): string {
  return before === undefined ? '' : ` instead of ${before}`;
}

/**
 * What becomes of the mark of a drain on a node that launches. Only an instance from a warm pool can carry one of its life before; a drain
 * that began with or after this launch, for a spot interruption perhaps, has the last word.
 */
export function leftMark(
  node: Pick<NodeView, 'annotations'>,
  launch: { origin: Place | undefined; startedAt: number },
  now: number,
): 'none' | 'undo' | 'wait' | 'leave' {
  const mark = readMark(node.annotations);
  if (!mark) return 'none';
  if (launch.origin === 'EC2' || Date.parse(mark.startedAt) >= launch.startedAt) return 'leave';
  return isClaimedByOther(mark, '', now) ? 'wait' : 'undo';
}
