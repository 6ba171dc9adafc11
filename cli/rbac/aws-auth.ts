import { awsAuthRow, mappedAs } from '../../shared/lifecycle/aws-auth-row.ts';
import { commandLine } from '../../shared/lifecycle/shell-quote.ts';
import { type Identity, identities } from './manifests.ts';

const groups = {
  drain: ['eks-node-lifecycle'],
  launch: ['eks-node-lifecycle-launch'],
  manual: ['eks-node-lifecycle', 'eks-node-lifecycle-plan'],
  audit: ['eks-node-lifecycle-audit'],
} as const;

/** The rows that map our roles in a cluster without access entries, and the commands that add the same: YAML, with the commands in comments. */
export function awsAuth(roles: Readonly<Partial<Record<Identity, string>>>, clusterName = 'CLUSTER'): string {
  const mapped = identities.flatMap((identity) => {
    const roleArn = roles[identity];
    return roleArn === undefined ? [] : [{ roleArn, groups: groups[identity] }];
  });
  const commands = mapped.map((each) => {
    const { roleArn, username, groups } = mappedAs(each);
    const names = ['--arn', roleArn, '--username', username, ...groups.flatMap((group) => ['--group', group])];
    return commandLine(
      'eksctl',
      'create',
      'iamidentitymapping',
      '--cluster',
      clusterName,
      ...names,
      '--no-duplicate-arns',
    );
  });
  return [
    '# Rows for mapRoles in the ConfigMap aws-auth, which has those of the nodes, too:',
    '#   kubectl edit --namespace kube-system configmap aws-auth',
    '# The same by eksctl, https://eksctl.io/usage/iam-identity-mappings/:',
    ...commands.map((line) => `#   ${line}`),
    ...mapped.map(awsAuthRow),
    '',
  ].join('\n');
}
