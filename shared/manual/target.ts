/** The nodes that a drain is asked for. */
export type ManualTarget =
  | { node: string }
  /** An EC2 instance, by its id. */
  | { instance: string }
  /** Labels of nodes, in the notation of `kubectl -l`. */
  | { selector: string }
  /** An Auto Scaling group, by its name. */
  | { asg: string }
  /** Several nodes by their names. */
  | { nodes: readonly string[] };

/** In words, for a person. */
export function targetText(target: ManualTarget): string {
  if ('node' in target) return `node ${target.node}`;
  if ('instance' in target) return `instance ${target.instance}`;
  if ('selector' in target) return `nodes with ${target.selector}`;
  if ('asg' in target) return `group ${target.asg}`;
  const [first, ...others] = target.nodes;
  return others.length > 0 ? `${target.nodes.length} nodes` : `node ${first ?? ''}`;
}
