import { commandLine } from '../lifecycle/shell-quote.ts';

/** What is not named stays as it is: https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterConfig.html */
export function switchOnLogging(clusterName: string, types: readonly string[], region?: string): string {
  const logging = JSON.stringify({ clusterLogging: [{ types, enabled: true }] });
  return inRegion(region, 'eks', 'update-cluster-config', '--name', clusterName, '--logging', logging);
}

export function listClusters(region?: string): string {
  return inRegion(region, 'eks', 'list-clusters');
}

/** Of class STANDARD. It fails, and changes nothing, when there is one of this name. */
export function createLogGroup(name: string, region?: string): string {
  return inRegion(region, 'logs', 'create-log-group', '--log-group-name', name, '--log-group-class', 'STANDARD');
}

export function listLogGroups(prefix: string, region?: string): string {
  return inRegion(region, 'logs', 'describe-log-groups', '--log-group-name-prefix', prefix);
}

function inRegion(region: string | undefined, ...words: readonly string[]): string {
  return commandLine('aws', ...words, ...(region === undefined ? [] : ['--region', region]));
}
