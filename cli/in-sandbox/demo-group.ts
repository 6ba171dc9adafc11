import type { ScalingGroups } from '../../sandbox/aws/scaling-groups.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { demoNodes } from './demo-nodes.ts';

export const groupName = 'demo';
const templateId = 'lt-0d000000000000001';
const dayMs = 86_400_000;

/** The group of the demo's nodes, which come from the last but one version of its launch template. */
export function addDemoGroup(scaling: ScalingGroups): void {
  const zones = [...new Set(demoNodes.map(({ zone }) => zone))];
  scaling.templates.set(templateId, { name: 'demo', latest: 2, default: 1 });
  scaling.addGroup({
    name: groupName,
    tags: { 'kubernetes.io/cluster/demo': 'owned' },
    hooks: [],
    min: 2,
    max: 6,
    desired: demoNodes.length,
    launches: { templateId, version: '$Latest' },
    zones,
  });
  const launchedAt = realClock.now() - 21 * dayMs;
  for (const { instanceId, zone } of demoNodes)
    scaling.addInstance(groupName, instanceId, { zone, launchedAt, from: { templateId, version: '1' } });
}
