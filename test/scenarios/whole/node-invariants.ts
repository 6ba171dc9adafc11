import type { Node } from '../../../sandbox/cluster/objects.ts';
import { excludeLabel, readMark } from '../../../shared/lifecycle/mark.ts';
import type { Frame } from './journal.ts';
import { firstLeaving } from './pod-invariants.ts';

/** What is wrong with how a drained node was marked: all at once, before the first pod went, and for good. */
export function markProblems(nodes: readonly Frame<'nodes'>[], pods: readonly Frame<'pods'>[], name: string): string[] {
  const own = nodes.filter(({ object }) => object.metadata.name === name);
  const from = own.findIndex(({ object }) => marksOf(object) !== 'none');
  const problems = own.slice(from).flatMap(({ object, revision }) => {
    const marks = marksOf(object);
    return marks === 'all' ? [] : [`${name} has ${marks} at ${revision}`];
  });
  const marked = own[from];
  if (!marked) return [`${name} was never marked`];
  const early = firstLeaving(pods).filter(
    ({ object, revision }) => object.spec.nodeName === name && revision < marked.revision,
  );
  return [...problems, ...early.map(({ object }) => `${object.metadata.name} left ${name} before it was marked`)];
}

/** Cordon, label and claim. */
export function marksOf({ metadata, spec }: Node): string {
  const { labels = {}, annotations = {} } = metadata;
  const marks = {
    cordon: spec.unschedulable === true,
    label: labels[excludeLabel] === 'true',
    claim: readMark(annotations) !== undefined,
  };
  const set = Object.entries(marks).flatMap(([mark, is]) => (is ? [mark] : []));
  return set.length === 3 ? 'all' : set.length === 0 ? 'none' : `only ${set.join(' and ')}`;
}
