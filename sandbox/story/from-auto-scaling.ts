import type { Told } from './line.ts';

type Transition = 'launch' | 'terminate' | undefined;

/** A lifecycle state of an instance, as Auto Scaling writes it. */
export function fromAutoScaling(instanceId: string, lifecycleState: string): Told[] {
  const text = `${instanceId} is ${lifecycleState}`;
  const next = waitsFor(lifecycleState);
  return [next === undefined ? { mark: 'instance', text } : { mark: 'instance', text, next }];
}

function waitsFor(lifecycleState: string): string | undefined {
  if (/Terminating:Wait$/.test(lifecycleState))
    return 'Auto Scaling wants it gone, and waits until the hook is completed';
  if (lifecycleState === 'Pending:Wait') return 'Auto Scaling puts it into service once the hook is completed';
  if (lifecycleState === 'Warmed:Pending:Wait')
    return 'Auto Scaling stops it in the warm pool once the hook is completed';
  return undefined;
}

export function fromNotification(instanceId: string, transition: Transition, channel: string): Told[] {
  const what = transition === 'launch' ? 'a launch' : 'a termination';
  const by = channel === 'sns' ? 'SNS' : 'EventBridge';
  return [{ mark: 'event', text: `${by} tells the intake function of ${what}: ${instanceId}` }];
}

/** What Auto Scaling is told at the end of a hook. */
export function completionTold(result: unknown, transition: Transition): Told {
  if (transition !== 'launch') {
    return { mark: 'complete', text: `Auto Scaling is told ${result}: the instance may go`, tone: 'good' };
  }
  return result === 'ABANDON'
    ? { mark: 'complete', text: 'Auto Scaling is told ABANDON: it replaces the instance', tone: 'warn' }
    : { mark: 'complete', text: `Auto Scaling is told ${result}: the launch goes on`, tone: 'good' };
}
