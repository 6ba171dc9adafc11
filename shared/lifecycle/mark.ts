import type { NodeView } from './node.ts';

export const excludeLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';
export const drainAnnotation = 'eks-node-lifecycle.io/drain';
/** ISO 8601, written by an event without a hook: the instance goes sooner than its hook knows. */
export const deadlineAnnotation = 'eks-node-lifecycle.io/deadline';
/** `complete` or `wait`, written by an operator: stop evicting, then complete the hook now or leave it to its timeout. */
export const stopAnnotation = 'eks-node-lifecycle.io/stop';

/** What our annotation on a Node says: whose drain it is and which marks were ours, so that an abort undoes exactly those. */
export interface Mark {
  version: 1;
  /** One drain, over all its executions: instance id and lifecycle action token. */
  drain: string;
  execution: string;
  startedAt: string;
  deadlineAt: string;
  /** The deadline, moved by waits for another drain's forced delete. */
  endsAt: string;
  /** When the node was cordoned. */
  markedAt: string;
  /** When a tick of it looked last. */
  seenAt: string;
  ours: { label: boolean; cordon: boolean };
  /** Pods deleted past a refusal, and past which budgets: told here first, where nothing that happens to a tick can lose it. */
  forced?: readonly string[];
  /** The instance may yet stay: a drain whose instance is certain to go takes the node over. */
  yields?: true;
  /** Cordoned ahead of its drain, which has not begun: its time does not run yet. */
  queued?: true;
  /** Of a queued one: its drain is being started, and hears of a stop by itself. */
  begins?: true;
  /** The end's reason, once there is one. */
  ended?: string;
}

/** The mark on a node; undefined when there is none, or none that can be read. */
export function readMark(annotations: Readonly<Record<string, string>>): Mark | undefined {
  const text = annotations[drainAnnotation];
  if (text === undefined) return undefined;
  try {
    const mark: unknown = JSON.parse(text);
    return isMark(mark) ? mark : undefined;
  } catch {
    return undefined; // a foreign hand wrote it: as good as none
  }
}

function isMark(value: unknown): value is Mark {
  const mark = (value ?? {}) as Partial<Record<keyof Mark, unknown>>;
  const ours = (mark.ours ?? {}) as Partial<Mark['ours']>;
  return (
    mark.version === 1 &&
    typeof mark.drain === 'string' &&
    typeof mark.execution === 'string' &&
    [mark.startedAt, mark.deadlineAt, mark.endsAt, mark.markedAt, mark.seenAt].every(
      (at) => typeof at === 'string' && !Number.isNaN(Date.parse(at)),
    ) &&
    typeof ours.label === 'boolean' &&
    typeof ours.cordon === 'boolean' &&
    (mark.forced === undefined || Array.isArray(mark.forced))
  );
}

export interface MarkPatch {
  metadata: {
    resourceVersion: string;
    labels?: Record<string, string | null>;
    annotations: Record<string, string | null>;
  };
  spec?: { unschedulable: boolean | null };
}

/**
 * One merge patch that sets label, cordon and annotation together; it is refused when the node changed meanwhile. Without the label for a
 * node whose pods stay: they go on serving.
 */
export function markPatch(
  node: NodeView,
  claim: Omit<Mark, 'ours' | 'version' | 'ended' | 'forced'>,
  takesLabel = true,
): { patch: MarkPatch; mark: Mark } {
  const before = readMark(node.annotations);
  const labels = takesLabel && !(excludeLabel in node.labels);
  const cordons = !node.unschedulable;
  const ours = { label: labels || (before?.ours.label ?? false), cordon: cordons || (before?.ours.cordon ?? false) };
  const markedAt = cordons || !before ? claim.markedAt : before.markedAt;
  const told = before?.forced && before.drain === claim.drain ? { forced: before.forced } : {};
  const mark: Mark = { version: 1, ...claim, markedAt, ours, ...told };
  const patch: MarkPatch = {
    metadata: {
      resourceVersion: node.resourceVersion,
      ...(labels ? { labels: { [excludeLabel]: 'true' } } : {}),
      annotations: { [drainAnnotation]: JSON.stringify(mark) },
    },
    ...(cordons ? { spec: { unschedulable: true } } : {}),
  };
  return { patch, mark };
}

/** Takes back exactly what was ours; undefined when the node carries no mark of ours. */
export function undoPatch(node: NodeView): MarkPatch | undefined {
  const mark = readMark(node.annotations);
  if (!mark) return undefined;
  const unlabel = mark.ours.label && node.labels[excludeLabel] === 'true';
  return {
    metadata: {
      resourceVersion: node.resourceVersion,
      ...(unlabel ? { labels: { [excludeLabel]: null } } : {}),
      annotations: { [drainAnnotation]: null, [stopAnnotation]: null, [deadlineAnnotation]: null },
    },
    ...(mark.ours.cordon ? { spec: { unschedulable: null } } : {}),
  };
}

/**
 * Epoch milliseconds; undefined when no sooner deadline is noted, or none that can be read. One that was over when the drain started, at
 * `since`, was of something that never came: the instance is still there.
 */
export function soonerDeadline(annotations: Readonly<Record<string, string>>, since: number): number | undefined {
  const at = Date.parse(annotations[deadlineAnnotation] ?? '');
  return at > since ? at : undefined;
}

/** What the node affinity of a local volume names. */
export function hostnameOf(node: Pick<NodeView, 'name' | 'labels'>): string {
  return node.labels['kubernetes.io/hostname'] ?? node.name;
}
