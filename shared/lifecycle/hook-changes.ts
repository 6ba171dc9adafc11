import { objectIn } from './hook-options.ts';
import type { GroupHook, HookChange } from './hook-step.ts';

const fields = ['transition', 'heartbeatSeconds', 'defaultResult', 'topicArn', 'roleArn', 'metadata'] as const;

/** Field by field, in the order in which the API names them. */
export function hookChanges(before: GroupHook, after: GroupHook): HookChange[] {
  return fields.flatMap((field) =>
    before[field] === after[field] ? [] : [{ field, from: before[field], to: after[field] }],
  );
}

/** NotificationMetadata that names the cluster. Options that somebody wrote beside it stay; what is no JSON object goes. */
export function metadataNaming(clusterName: string, before: string | undefined): string {
  const { cluster, ...options } = objectIn(before);
  return before !== undefined && cluster === clusterName
    ? before
    : JSON.stringify({ cluster: clusterName, ...options });
}
