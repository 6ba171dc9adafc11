import { clusterLogGroup } from '../../shared/log-query/log-group.ts';
import { CommandError } from '../command-error.ts';
import type { RunOptions } from './run-options.ts';

export interface NamedLog {
  group: string;
  cluster?: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
const groupName = /^[-.\w/#]{1,512}$/;

/** The log group that is asked. Throws a CommandError for what can be no name of one. */
export function namedLog({ cluster, logGroup }: Pick<RunOptions, 'cluster' | 'logGroup'>): NamedLog {
  const ofCluster = cluster === undefined ? undefined : groupOf(cluster);
  const group = logGroup ?? ofCluster ?? '';
  if (!groupName.test(group))
    throw new CommandError(
      `${JSON.stringify(group.slice(0, 80))} is not the name of a log group: letters, digits and "-._/#", at most 512`,
      'What there is: aws logs describe-log-groups',
    );
  return { group, ...(cluster !== undefined && { cluster }) };
}

function groupOf(cluster: string): string {
  try {
    return clusterLogGroup(cluster);
  } catch (error) {
    throw new CommandError((error as Error).message, 'What there is: aws eks list-clusters', { cause: error });
  }
}
