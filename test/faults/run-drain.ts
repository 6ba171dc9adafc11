import type { LifecycleNotification } from '../../sandbox/aws/scaling-groups.ts';
import { type EventAction, type HookAction, isHookAction } from '../../shared/lifecycle/action.ts';
import type { Drain } from './drain.ts';
import { runTick } from './run-tick.ts';
import { terminatesAt } from './scenario.ts';
import type { World } from './world.ts';

/** The state machine's pauses before it tries a failed tick again; after the last it completes the action by itself. */
const pauseSeconds = [5, 15, 45, 135, 300, 300, 300, 300];

/** The execution of a hook. */
export async function runDrain(world: World, drain: Drain): Promise<void> {
  await world.sleep(terminatesAt(world.scenario, drain.index));
  const [notification] = world.scaling.terminateInstance(drain.instanceId, () => `token-${drain.index}`);
  await execute(world, drain, actionOf(notification as LifecycleNotification));
}

/** One execution: ticks and waits, until one says that it is done. */
export async function execute(world: World, drain: Drain, action: EventAction): Promise<void> {
  const { clock } = world;
  drain.action = action;
  const name = isHookAction(action) ? action.token : action.noticeId;
  drain.input = { action, state: null, execution: `${action.instanceId}-${name}` };
  for (let failures = 0; ; ) {
    drain.current = runTick(world, drain, drain.input);
    const heard = await drain.current.heard;
    if ('output' in heard) {
      failures = 0;
      if (heard.output.status === 'done') {
        drain.result = { at: clock.now(), done: heard.output };
        return;
      }
      drain.input = { ...drain.input, state: JSON.parse(JSON.stringify(heard.output.state)) };
      world.quietAt = Math.max(world.quietAt, clock.now() + drain.oversleep * 1000);
      await world.sleep(heard.output.waitSeconds + drain.oversleep);
      drain.oversleep = 0;
      continue;
    }
    const pause = pauseSeconds[failures];
    failures += 1;
    if (pause === undefined) {
      if (isHookAction(action)) completeAnyway(world, action);
      drain.result = { at: clock.now(), done: undefined };
      return;
    }
    await world.sleep(pause);
  }
}

/** The fallback state of the machine. */
function completeAnyway({ scaling }: World, action: HookAction): void {
  try {
    scaling.completeAction(action, 'CONTINUE');
  } catch {
    // it is resolved already
  }
}

function actionOf(notification: LifecycleNotification): HookAction {
  return {
    version: 1,
    kind: 'terminate',
    account: notification.AccountId,
    region: 'us-east-1',
    instanceId: notification.EC2InstanceId,
    groupName: notification.AutoScalingGroupName,
    hookName: notification.LifecycleHookName,
    token: notification.LifecycleActionToken,
    origin: notification.Origin,
    destination: notification.Destination,
  };
}
