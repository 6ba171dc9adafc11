import { discoveredFields, isNode, type Json, type JsonEvent, parseRest } from './json-event.ts';
import type { Value } from './value.ts';

interface Step {
  key: string;
  isIndex: boolean;
}

/** Leaves of a value, counted up to a limit. */
function leavesOf(value: unknown, limit: number): number {
  if (!isNode(value)) return 1;
  let count = 0;
  for (const key in value) {
    count += leavesOf(value[key], limit - count);
    if (count >= limit) return count;
  }
  return count;
}

function isDiscovered({ root, isSmall }: JsonEvent, path: readonly string[], depth: number): boolean {
  if (isSmall) return true;
  let before = 0;
  let node = root;
  for (let at = 0; at < depth; at++) {
    for (const key in node) {
      if (key === path[at]) break;
      before += leavesOf(node[key], discoveredFields - before);
      if (before >= discoveredFields) return false;
    }
    node = node[path[at] as string] as Json;
  }
  return true;
}

/** Steps from every part of a name to every later one: keys may hold dots (`authorization.k8s.io/decision`). */
function stepsOf(name: string): Step[][] {
  const parts = name.split('.');
  const stepFrom = (from: number, length: number): Step => {
    const key = parts.slice(from, from + length + 1).join('.');
    return { key, isIndex: /^\d+$/.test(key) };
  };
  return parts.map((_, from) => parts.slice(from).map((_, length) => stepFrom(from, length)));
}

/**
 * Reads one field of a JSON event by its flattened name (`user.groups.0`) without flattening the event. Objects, arrays
 * and JSON's null are no fields; true is 1 and false is 0.
 */
export function jsonField(name: string): (event: JsonEvent | null) => Value {
  const steps = stepsOf(name);
  const path: string[] = [];
  let depth = 0;
  const find = (node: Json, from: number, level: number): unknown => {
    const ahead = steps[from] as Step[];
    for (let length = 0; length < ahead.length; length++) {
      const { key, isIndex } = ahead[length] as Step;
      if (!isIndex && Array.isArray(node)) continue;
      const value = node[key];
      // What every object inherits is no field of it.
      if (value === undefined || value === null || typeof value === 'function') continue;
      const isLast = length === ahead.length - 1;
      if (isNode(value) === isLast) continue;
      path[level] = key;
      depth = level + 1;
      const found = isLast ? value : find(value as Json, from + length + 1, level + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const topKeys = (steps[0] as Step[]).map(({ key }) => JSON.stringify(key).slice(1, -1));
  return (event) => {
    if (event === null) return null;
    let value = find(event.root, 0, 0);
    if (value === undefined && parseRest(event, topKeys)) value = find(event.root, 0, 0);
    if (value === undefined || !isDiscovered(event, path, depth)) return null;
    return typeof value === 'boolean' ? Number(value) : (value as string | number);
  };
}
