import { createHash } from 'node:crypto';
import type { EventAction } from '../../shared/lifecycle/action.ts';

/**
 * One name for every delivery of one event. Names have at most 80 characters, and only letters, digits, `-` and `_` are allowed
 * everywhere that a name is used: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export function executionName(action: EventAction): string {
  if (!('token' in action)) return `${action.instanceId}-${digest(`${action.kind} ${action.noticeId}`).slice(0, 16)}`;
  const name = `${action.instanceId}-${action.token}`;
  const plain = name.length + suffixLength <= 80 && /^[\w-]+$/.test(name);
  return plain ? name : `${action.instanceId}-${digest(action.token).slice(0, 32)}`;
}

/** For what follows an execution that failed. */
export const successors = (name: string): string[] => [`${name}-r2`, `${name}-r3`];

/** After a failure `-r3`, after 2,000 ticks `-c2` and so on, up to the 48 hours of a hook. */
const suffixLength = '-r3-c99'.length;
const digest = (text: string) => createHash('sha256').update(text).digest('hex');
