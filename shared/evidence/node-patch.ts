import {
  deadlineAnnotation,
  drainAnnotation,
  excludeLabel,
  type Mark,
  readMark,
  stopAnnotation,
} from '../lifecycle/mark.ts';
import { type AuditEvent, type Json, objectAt } from './audit-event.ts';

/** What a change of a Node does, as far as drains go. */
export interface NodeChange {
  cordon: boolean | undefined;
  /** Whether load balancers leave it out. */
  label: boolean | undefined;
  /** Our annotation; null: taken off. */
  mark: Mark | null | undefined;
  /** Names of what else it changes. */
  others: string[];
}

const ourAnnotations: readonly string[] = [drainAnnotation, stopAnnotation, deadlineAnnotation];

/** undefined: the log has no body of it. Of a whole Node that is put in place (PUT) only what it says is known, not what it changes. */
export function nodeChangeOf({ request }: AuditEvent): NodeChange | undefined {
  if (!request) return undefined;
  const metadata = objectAt(request, 'metadata') ?? {};
  const spec = objectAt(request, 'spec') ?? {};
  const annotations = objectAt(metadata, 'annotations') ?? {};
  const labels = objectAt(metadata, 'labels') ?? {};
  const others = [
    ...namesBeside(request, ['metadata', 'spec', 'kind', 'apiVersion']),
    ...namesBeside(metadata, ['resourceVersion', 'annotations', 'labels', 'name']),
    ...namesBeside(annotations, ourAnnotations),
    ...namesBeside(labels, [excludeLabel]),
    ...namesBeside(spec, ['unschedulable']),
  ];
  const has = (object: Json, key: string) => Object.hasOwn(object, key);
  return {
    cordon: has(spec, 'unschedulable') ? spec.unschedulable === true : undefined,
    label: has(labels, excludeLabel) ? labels[excludeLabel] !== null : undefined,
    mark: has(annotations, drainAnnotation) ? markIn(annotations) : undefined,
    others,
  };
}

function markIn(annotations: Json): Mark | null | undefined {
  const text = annotations[drainAnnotation];
  return typeof text === 'string' ? readMark({ [drainAnnotation]: text }) : null;
}

function namesBeside(object: Json, known: readonly string[]): string[] {
  return Object.keys(object).filter((key) => !known.includes(key));
}
