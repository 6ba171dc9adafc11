import type { ReadOutputs } from '../../shared/adapters/stack-outputs.ts';
import { type HookRequest, UsageError } from './hook-request.ts';

/**
 * The request with the topic and the role of the stack where they were left out and are needed. Throws UsageError when the stack is not there,
 * or has no such outputs.
 */
export async function fromStack(
  request: HookRequest,
  stackName: string,
  { readOutputs, signal }: { readOutputs: ReadOutputs; signal: AbortSignal },
): Promise<HookRequest> {
  const { command, force, topicArn, roleArn } = request;
  const needsTopic = topicArn === undefined && !(command === 'remove' && force);
  const needsRole = roleArn === undefined && command !== 'remove';
  if (!needsTopic && !needsRole) return request;
  const outputs = await readOutputs(stackName, signal);
  const topic = topicArn ?? outputs?.TopicArn;
  const role = roleArn ?? outputs?.HookRoleArn;
  if ((needsTopic && topic === undefined) || (needsRole && role === undefined)) {
    const found = outputs ? `stack ${stackName} is not one of ours: it puts out no TopicArn and HookRoleArn` : '';
    throw new UsageError(found || `there is no stack ${stackName} in this account and region`, next[command]);
  }
  return { ...request, topicArn: needsTopic ? topic : topicArn, roleArn: needsRole ? role : roleArn };
}

const named = 'Pass --stack NAME, --region or --profile, or say yourself';
const next: Readonly<Record<HookRequest['command'], string>> = {
  plan: `${named} what hooks notify and as whom: --topic ARN --role ARN.`,
  install: `${named} what hooks notify and as whom: --topic ARN --role ARN.`,
  remove: `${named} what our hooks notify: --topic ARN. Without it nothing but their names tells them from others: --force goes by those.`,
};
