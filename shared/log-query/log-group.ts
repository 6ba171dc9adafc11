/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const clusterName = /^[0-9A-Za-z][-_0-9A-Za-z]{0,99}$/;

/**
 * Where EKS writes a cluster's control-plane logs. Throws for what can be no name of a cluster.
 * https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
 */
export function clusterLogGroup(name: string): string {
  if (clusterName.test(name)) return `/aws/eks/${name}/cluster`;
  const shown = JSON.stringify(name.length > 110 ? `${name.slice(0, 110)}…` : name);
  throw new Error(
    `${shown} is not the name of an EKS cluster: letters, digits, "-" and "_", at most 100, and the first is a letter or digit`,
  );
}
