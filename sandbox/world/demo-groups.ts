import type { AwsSandbox } from '../aws/aws-sandbox.ts';
import type { SandboxGroup } from '../aws/scaling-groups.ts';

/** What a stack puts out for whoever makes hooks. */
export const stackOutputs = {
  topicArn: 'arn:aws:sns:eu-west-1:123456789012:NodeLifecycle-Hooks',
  roleArn: 'arn:aws:iam::123456789012:role/NodeLifecycle-Hooks',
};

const notify = { notificationTargetArn: stackOutputs.topicArn, roleArn: stackOutputs.roleArn };
const wanted = {
  ...notify,
  heartbeatSeconds: 1800,
  defaultResult: 'CONTINUE' as const,
  metadata: '{"cluster":"demo"}',
};
const demo = { 'kubernetes.io/cluster/demo': 'owned' };

/** One of each kind that a cluster's groups come in. */
const groups: SandboxGroup[] = [
  {
    name: 'demo-workers',
    tags: demo,
    hooks: [
      { ...wanted, name: 'eks-node-lifecycle-terminate', transition: 'terminate' },
      { ...wanted, name: 'eks-node-lifecycle-launch', transition: 'launch' },
    ],
  },
  { name: 'demo-new', tags: demo, hooks: [] },
  {
    name: 'demo-spot',
    tags: demo,
    hooks: [
      {
        ...notify,
        name: 'eks-node-lifecycle-terminate',
        transition: 'terminate',
        heartbeatSeconds: 300,
        defaultResult: 'ABANDON',
        metadata: '{"cluster":"demo","onDeadline":"continue"}',
      },
      { name: 'ship-logs', transition: 'terminate', heartbeatSeconds: 120, defaultResult: 'CONTINUE' },
    ],
  },
  {
    name: 'demo-by-hand',
    tags: { 'eks:cluster-name': 'demo' },
    hooks: [{ ...wanted, name: 'drain', transition: 'terminate' }],
  },
  { name: 'demo-batch', tags: { ...demo, 'eks-node-lifecycle/managed': 'false' }, hooks: [] },
  {
    name: 'eks-system-4ac0',
    tags: { ...demo, 'eks:cluster-name': 'demo', 'eks:nodegroup-name': 'system' },
    hooks: [{ name: 'Terminate-LC-Hook', heartbeatSeconds: 1800, defaultResult: 'CONTINUE' }],
  },
  { name: 'other-workers', tags: { 'kubernetes.io/cluster/other': 'owned' }, hooks: [] },
];

/** The cluster demo, one instance of which waits for its drain. */
export function addDemoGroups({ scaling, stacks }: Pick<AwsSandbox, 'scaling' | 'stacks'>): void {
  stacks.set('NodeLifecycle', { TopicArn: stackOutputs.topicArn, HookRoleArn: stackOutputs.roleArn });
  for (const group of groups) scaling.addGroup(structuredClone(group));
  scaling.addInstance('demo-workers', 'i-0a1b2c3d4e5f60001');
  scaling.addInstance('demo-workers', 'i-0a1b2c3d4e5f60002');
  scaling.terminateInstance('i-0a1b2c3d4e5f60002');
}
