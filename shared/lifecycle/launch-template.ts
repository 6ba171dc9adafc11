import type { TaintView } from './node.ts';

/** What a group's tags say of its nodes, and which of them cannot be true. */
export interface NodeTemplate {
  labels: Readonly<Record<string, string>>;
  taints: readonly TaintView[];
  /** One sentence for each tag that is left out. */
  problems: readonly string[];
}

/** Kept on a node by its kubelet until we take it away: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ */
export const startUpTaintKey = 'eks-node-lifecycle.io/not-ready';

const labelTag = 'k8s.io/cluster-autoscaler/node-template/label/';
const taintTag = 'k8s.io/cluster-autoscaler/node-template/taint/';

/**
 * Reads the tags by which the Cluster Autoscaler knows a node that is not there yet.
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md#auto-discovery-setup
 */
export function readTemplate(tags: Readonly<Record<string, string>>): NodeTemplate {
  const labels: Record<string, string> = {};
  const taints: TaintView[] = [];
  const problems: string[] = [];
  for (const [tag, value] of Object.entries(tags).sort()) {
    const label = keyAfter(labelTag, tag);
    const taint = keyAfter(taintTag, tag);
    if (label !== undefined && !isOwnedLabel(label)) {
      const problem = labelProblem(label, value);
      if (problem) problems.push(`tag ${tag}=${value}: ${problem}`);
      else labels[label] = value;
    }
    if (taint !== undefined && !isOwnedTaint(taint)) {
      const read = readTaint(taint, value);
      if (typeof read === 'string') problems.push(`tag ${tag}=${value}: ${read}`);
      else taints.push(read);
    }
  }
  return { labels, taints, problems };
}

function keyAfter(prefix: string, tag: string): string | undefined {
  return tag.startsWith(prefix) ? tag.slice(prefix.length) : undefined;
}

/**
 * Written by kubelet, cloud provider or CSI driver, from what they see: a tag only tells the autoscaler what they will say.
 * https://kubernetes.io/docs/reference/labels-annotations-taints/
 */
function isOwnedLabel(key: string): boolean {
  return (
    /^(beta\.)?kubernetes\.io\/(hostname|os|arch|instance-type)$/.test(key) ||
    /^(topology\.kubernetes\.io|failure-domain\.beta\.kubernetes\.io)\//.test(key) ||
    /^(topology\.k8s\.aws|topology\.ebs\.csi\.aws\.com|k8s\.io\/cloud-provider-aws)(\/|$)/.test(key) ||
    /^node\.kubernetes\.io\/(instance-type|windows-build)$/.test(key)
  );
}

/** Ours, those that controllers keep, and those that somebody takes away once a node has started: back again, they would stay. */
function isOwnedTaint(key: string): boolean {
  return (
    key === startUpTaintKey ||
    /^node(\.cloudprovider)?\.kubernetes\.io\//.test(key) ||
    /^(startup-taint|status-taint|ignore-taint)\.cluster-autoscaler\.kubernetes\.io\//.test(key)
  );
}

function readTaint(key: string, text: string): TaintView | string {
  const [, value = '', effect] = /^(.*):(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(text) ?? [];
  if (effect === undefined) return 'a taint is written value:NoSchedule, value:PreferNoSchedule or value:NoExecute';
  return labelProblem(key, value) ?? { key, effect, ...(value === '' ? {} : { value }) };
}

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const name = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const mostNameCharacters = 63;
const mostPrefixCharacters = 253;

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
function labelProblem(key: string, value: string): string | undefined {
  const parts = key.split('/');
  const [last = '', prefix] = parts.toReversed();
  const isName = last.length <= mostNameCharacters && name.test(last);
  const isPrefix = prefix === undefined || (prefix.length <= mostPrefixCharacters && subdomain.test(prefix));
  if (parts.length > 2 || !isName || !isPrefix) return `${key || 'nothing'} is not a key that Kubernetes takes`;
  if (value === '' || (value.length <= mostNameCharacters && name.test(value))) return undefined;
  return `'${value}' is not a value that Kubernetes takes`;
}
