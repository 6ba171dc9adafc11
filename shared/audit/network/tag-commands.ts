import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { ClusterContext } from './context.ts';

type Where = Pick<ClusterContext, 'snapshot'>;

export function createTag(where: Where, subnets: readonly string[], key: string, value: string): string {
  return createTags(where, subnets, [key], value);
}

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/create-tags.html */
export function createTags(
  { snapshot }: Where,
  subnets: readonly string[],
  keys: readonly string[],
  value: string,
): string {
  const tags = keys.map((key) => `Key=${key},Value=${value}`);
  return commandLine(
    ...['aws', 'ec2', 'create-tags', '--resources', ...subnets, '--tags', ...tags],
    ...['--region', snapshot.region],
  );
}

/** Whatever the tags' values are. https://docs.aws.amazon.com/cli/latest/reference/ec2/delete-tags.html */
export function deleteTags({ snapshot }: Where, subnets: readonly string[], ...keys: readonly string[]): string {
  const tags = keys.map((key) => `Key=${/[\s,]/.test(key) ? JSON.stringify(key) : key}`);
  return commandLine(
    ...['aws', 'ec2', 'delete-tags', '--resources', ...subnets, '--tags', ...tags],
    '--region',
    snapshot.region,
  );
}
