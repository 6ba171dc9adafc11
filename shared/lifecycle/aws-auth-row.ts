/** A role of ours, and the Kubernetes group that it is to be in. */
export interface GroupedRole {
  roleArn: string;
  group: string;
}

/** A row of aws-auth must leave out the path of its role: https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html */
export function withoutPath(roleArn: string): string {
  return roleArn.replace(/:role\/.*\//, ':role/');
}

/**
 * How the authenticator of a cluster without access entries is told of a role.
 * https://github.com/kubernetes-sigs/aws-iam-authenticator#full-configuration-format
 */
export function mappedAs({ roleArn, group }: GroupedRole): GroupedRole & { username: string } {
  return { roleArn: withoutPath(roleArn), username: `${group}:{{SessionName}}`, group };
}

/** The entry of `mapRoles` in the ConfigMap aws-auth that puts a role into a Kubernetes group. */
export function awsAuthRow(role: GroupedRole): string {
  const { roleArn, username, group } = mappedAs(role);
  return [`- rolearn: ${roleArn}`, `  username: ${username}`, '  groups:', `    - ${group}`].join('\n');
}
