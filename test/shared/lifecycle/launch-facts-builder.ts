import type { LaunchFacts } from '../../../shared/lifecycle/launch-facts.ts';

export const instanceId = 'i-05629ab7d9287e205';
export const role = 'arn:aws:iam::123456789012:role/nodes';
export const running = { state: 'running', stateReason: undefined, tags: { 'kubernetes.io/cluster/demo': 'owned' } };

/** An instance that runs, whose role is mapped, without a Node. */
export const facts = (seen: Partial<LaunchFacts> = {}): LaunchFacts => ({
  instanceId,
  groupName: 'example-asg',
  groupTags: {},
  clusterName: 'demo',
  region: 'us-east-1',
  instance: running,
  node: undefined,
  sets: [],
  namesake: undefined,
  nodeRole: role,
  accessEntry: { mode: 'API_AND_CONFIG_MAP', entryType: 'EC2_LINUX' },
  mappedRoles: [],
  console: '',
  ...seen,
});
