/** A role of ours, and the Kubernetes groups that it is to be in. */
export interface GroupedRole {
  roleArn: string;
  /** The first is what its user is named for. */
  groups: readonly [string, ...string[]];
}

/** A row of aws-auth must leave out the path of its role: https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html */
export function withoutPath(roleArn: string): string {
  return roleArn.replace(/:role\/.*\//, ':role/');
}

/**
 * How the authenticator of a cluster without access entries is told of a role.
 * https://github.com/kubernetes-sigs/aws-iam-authenticator#full-configuration-format
 */
export function mappedAs({ roleArn, groups }: GroupedRole): GroupedRole & { username: string } {
  return { roleArn: withoutPath(roleArn), username: `${groups[0]}:{{SessionName}}`, groups };
}

/** The entry of `mapRoles` in the ConfigMap aws-auth that puts a role into its Kubernetes groups. */
export function awsAuthRow(role: GroupedRole): string {
  const { roleArn, username, groups } = mappedAs(role);
  const rows = groups.map((group) => `    - ${group}`);
  return [`- rolearn: ${roleArn}`, `  username: ${username}`, '  groups:', ...rows].join('\n');
}
