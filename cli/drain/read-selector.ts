import { InvalidArgumentError } from 'commander';
import type { LabelSelectorView } from '../../shared/lifecycle/node.ts';

const key = '([A-Za-z0-9][A-Za-z0-9._/-]*)';
const value = '([A-Za-z0-9._-]*)';
const equal = new RegExp(`^${key}\\s*==?\\s*${value}$`);
const unequal = new RegExp(`^${key}\\s*!=\\s*${value}$`);
const inList = new RegExp(`^${key}\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const exists = new RegExp(`^(!?)\\s*${key}$`);

/** As `kubectl --pod-selector` takes it. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
export function readSelector(text: string): LabelSelectorView {
  const parts = text.split(/,(?![^(]*\))/).map((part) => part.trim());
  return { matchLabels: {}, matchExpressions: parts.map(readRequirement) };
}

function readRequirement(text: string): LabelSelectorView['matchExpressions'][number] {
  const [, same, one = ''] = equal.exec(text) ?? [];
  if (same) return { key: same, operator: 'In', values: [one] };
  const [, other, not = ''] = unequal.exec(text) ?? [];
  if (other) return { key: other, operator: 'NotIn', values: [not] };
  const [, listed, operator, list = ''] = inList.exec(text) ?? [];
  if (listed) {
    const values = list.split(',').map((each) => each.trim());
    return { key: listed, operator: operator === 'in' ? 'In' : 'NotIn', values };
  }
  const [, absent, named] = exists.exec(text) ?? [];
  if (named) return { key: named, operator: absent ? 'DoesNotExist' : 'Exists', values: [] };
  throw new InvalidArgumentError(
    `'${text}' is no label selector: expected for example app=web,tier!=cache or 'app in (web,api)'`,
  );
}
