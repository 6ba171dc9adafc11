import type { KubeObject, LabelSelector } from './objects.ts';
import type { Resource } from './resources.ts';
import { badRequest } from './status-error.ts';

type Labels = Readonly<Record<string, string>>;

/** The selector of a list or watch request, in the notation of `kubectl -l`. Throws a 400. */
export function parseLabelSelector(text: string): (labels: Labels) => boolean {
  const requirements = splitOutsideParentheses(text).map(parseRequirement);
  return (labels) => requirements.every((matches) => matches(labels));
}

function splitOutsideParentheses(text: string): string[] {
  return text.split(/,(?![^(]*\))/).filter((part) => part.trim() !== '');
}

function parseRequirement(text: string): (labels: Labels) => boolean {
  const set = /^\s*([\w./-]+)\s+(in|notin)\s*\(([^()]*)\)\s*$/.exec(text);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const values = list.split(',').map((value) => value.trim());
    return operator === 'in' ? isIn(key, values) : (labels) => !isIn(key, values)(labels);
  }
  const equality = /^\s*([\w./-]+)\s*(==|=|!=)\s*([\w.-]*)\s*$/.exec(text);
  if (equality) {
    const [, key = '', operator, value = ''] = equality;
    return operator === '!=' ? (labels) => !isIn(key, [value])(labels) : isIn(key, [value]);
  }
  const presence = /^\s*(!?)\s*([\w./-]+)\s*$/.exec(text);
  if (!presence) throw badRequest(`unable to parse requirement: found '${text}', expected: identifier`);
  const [, not, key = ''] = presence;
  return (labels) => key in labels !== (not === '!');
}

function isIn(key: string, values: readonly string[]): (labels: Labels) => boolean {
  return (labels) => labels[key] !== undefined && values.includes(labels[key]);
}

/** The selector of an object such as a PodDisruptionBudget: an absent one matches nothing, an empty one everything. */
export function matchesSelector(selector: LabelSelector | undefined, labels: Labels = {}): boolean {
  if (!selector) return false;
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return (
    equal &&
    (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      if (operator === 'Exists') return key in labels;
      if (operator === 'DoesNotExist') return !(key in labels);
      return isIn(key, values)(labels) === (operator === 'In');
    })
  );
}

/** A field selector: `field=value` or `field!=value`, joined by commas. Throws a 400 for a field that is not selectable. */
export function parseFieldSelector(resource: Resource, text: string): (object: KubeObject) => boolean {
  const known = ['metadata.name', ...(resource.namespaced ? ['metadata.namespace'] : []), ...resource.fields];
  const terms = text
    .split(',')
    .filter(Boolean)
    .map((term) => {
      const parts = /^([^=!]+)(==|=|!=)(.*)$/.exec(term);
      if (!parts) throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`);
      const [, field = '', operator, value] = parts;
      if (!known.includes(field)) throw badRequest(`field label not supported: ${field}`);
      return (object: KubeObject) => (fieldOf(object, field) === value) === (operator !== '!=');
    });
  return (object) => terms.every((matches) => matches(object));
}

function fieldOf(object: KubeObject, path: string): string {
  let value: unknown = object;
  for (const step of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[step];
  return value === undefined ? (path === 'spec.unschedulable' ? 'false' : '') : String(value);
}
