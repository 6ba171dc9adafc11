import type { Node } from './objects.ts';
import { resourceNamed } from './resources.ts';
import { invalid } from './status-error.ts';

const word = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const key = /^([a-z0-9][-a-z0-9.]{0,251}[a-z0-9]\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** What the server checks of a node's labels and taints. Throws a 422. */
export function checkNode({ metadata, spec }: Node): void {
  const { name, labels = {} } = metadata;
  const refuse = (field: string, text: string) => invalid(resourceNamed('nodes'), name, field, text);
  for (const [label, value] of Object.entries(labels)) {
    if (!key.test(label)) throw refuse('metadata.labels', `Invalid value: ${JSON.stringify(label)}`);
    if (!word.test(value)) throw refuse('metadata.labels', `Invalid value: ${JSON.stringify(value)}`);
  }
  const seen = new Set<string>();
  for (const [index, taint] of (spec?.taints ?? []).entries()) {
    const field = `spec.taints[${index}]`;
    const one = `${taint.key}:${taint.effect}`;
    if (!key.test(taint.key)) throw refuse(`${field}.key`, `Invalid value: ${JSON.stringify(taint.key)}`);
    if (!word.test(taint.value ?? '')) throw refuse(`${field}.value`, `Invalid value: ${JSON.stringify(taint.value)}`);
    if (!effects.includes(taint.effect)) throw refuse(`${field}.effect`, `Unsupported value: "${taint.effect}"`);
    if (seen.has(one)) throw refuse(`${field}`, `Duplicate value: ${JSON.stringify(one)}`);
    seen.add(one);
  }
}
