/** Which cluster an instance belongs to, or why that cannot be told. */
export type ClusterName =
  | { name: string; from: 'metadata' | 'tags' | 'setting' }
  | { problem: 'two-clusters' | 'no-cluster'; text: string };

const clusterTagPrefix = 'kubernetes.io/cluster/';

/**
 * The hook's NotificationMetadata (`{"cluster": "…"}`) before the group's tags before the setting. Two names within one level are an error
 * that names both: guessing would drain another cluster's node.
 */
export function nameCluster(input: {
  groupName: string;
  metadata: string | undefined;
  tags: Readonly<Record<string, string>>;
  setting: string | undefined;
}): ClusterName {
  const named = clusterInMetadata(input.metadata);
  if (named !== undefined) return { name: named, from: 'metadata' };
  const tagged = clustersInTags(input.tags);
  const [first] = tagged;
  if (tagged.length > 1) {
    return {
      problem: 'two-clusters',
      text: `the tags of group ${input.groupName} name two clusters: ${tagged.join(' and ')}`,
    };
  }
  if (first !== undefined) return { name: first, from: 'tags' };
  if (input.setting !== undefined) return { name: input.setting, from: 'setting' };
  const text = `nothing names the cluster of group ${input.groupName}: tag it ${clusterTagPrefix}<name>=owned`;
  return { problem: 'no-cluster', text };
}

function clusterInMetadata(metadata = '{}'): string | undefined {
  try {
    const { cluster } = JSON.parse(metadata) as { cluster?: unknown };
    return isClusterName(cluster) ? cluster : undefined;
  } catch {
    return undefined; // NotificationMetadata is a free string: one that is no JSON object says nothing about a cluster
  }
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export function isClusterName(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(value);
}

function clustersInTags(tags: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(tags)
    .filter((key) => key.startsWith(clusterTagPrefix))
    .map((key) => key.slice(clusterTagPrefix.length));
  const eksName = tags['eks:cluster-name'];
  return [...new Set(eksName === undefined ? names : [...names, eksName])].filter((name) => name !== '').sort();
}
