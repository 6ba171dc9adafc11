import type { GroupHook } from '../lifecycle/hook-step.ts';
import { commandLine } from '../lifecycle/shell-quote.ts';

/** The command that makes a hook what it should be. https://docs.aws.amazon.com/cli/latest/reference/autoscaling/put-lifecycle-hook.html */
export function putHookCommand(groupName: string, hook: GroupHook, region: string): string {
  const { name, transition, heartbeatSeconds, defaultResult, topicArn, roleArn, metadata } = hook;
  const given = (option: string, value: string | undefined) => (value === undefined ? [] : [option, value]);
  return commandLine(
    ...['aws', 'autoscaling', 'put-lifecycle-hook', '--region', region],
    ...['--auto-scaling-group-name', groupName, '--lifecycle-hook-name', name, '--lifecycle-transition', transition],
    ...['--heartbeat-timeout', String(heartbeatSeconds), '--default-result', defaultResult],
    ...given('--notification-target-arn', topicArn),
    ...given('--role-arn', roleArn),
    ...given('--notification-metadata', metadata),
  );
}
