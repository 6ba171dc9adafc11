import type { LabelSelectorView } from './node.ts';

type Requirement = LabelSelectorView['matchExpressions'][number];

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const prefix = '(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/)?';
const name = '[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';
const key = `(?<key>${prefix}${name})`;
const value = `(?:${name})?`;

const set = new RegExp(String.raw`^${key}\s+(?<operator>in|notin)\s*\((?<values>[^()]*)\)$`);
const equality = new RegExp(String.raw`^${key}\s*(?<operator>==?|!=)\s*(?<values>${value})$`);
const existence = new RegExp(String.raw`^(?<operator>!?)\s*${key}$`);
const whole = new RegExp(`^${value}$`);

/**
 * A label selector as kubectl takes it: `app=web,tier!=cache,zone in (a, b),!legacy`.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function parseSelector(text: string): { selector: LabelSelectorView } | { problem: string } {
  const parts = text.split(/,(?![^()]*\))/).map((part) => part.trim());
  const matchExpressions: Requirement[] = [];
  for (const part of parts) {
    const requirement = readRequirement(part);
    if (!requirement) return { problem: `not a label selector: ${part === '' ? 'nothing between two commas' : part}` };
    matchExpressions.push(requirement);
  }
  return { selector: { matchLabels: {}, matchExpressions } };
}

function readRequirement(part: string): Requirement | undefined {
  const inSet = groupsOf(set, part);
  if (inSet) {
    const values = inSet.values.split(',').map((one) => one.trim());
    if (!values.every((one) => whole.test(one))) return undefined;
    return { key: inSet.key, operator: inSet.operator === 'in' ? 'In' : 'NotIn', values };
  }
  const equal = groupsOf(equality, part);
  if (equal) return { key: equal.key, operator: equal.operator === '!=' ? 'NotIn' : 'In', values: [equal.values] };
  const exists = groupsOf(existence, part);
  return exists && { key: exists.key, operator: exists.operator === '!' ? 'DoesNotExist' : 'Exists', values: [] };
}

function groupsOf(pattern: RegExp, text: string) {
  return pattern.exec(text)?.groups as { key: string; operator: string; values: string } | undefined;
}
