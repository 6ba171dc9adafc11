import type { NoticeAction } from '../../shared/lifecycle/action.ts';
import { defaultNoticePolicy, type NoticePolicy } from '../../shared/lifecycle/notice-policy.ts';
import { type Drain, drainBeside } from './drain.ts';
import { execute } from './run-drain.ts';
import { type NoticeSpec, terminatesAt } from './scenario.ts';
import type { World } from './world.ts';

/** EC2 says something of an instance: what comes true of it, and the execution that hears it. */
export async function runNotice(world: World, index: number, spec: NoticeSpec): Promise<void> {
  const { scenario, clock, journal, drains } = world;
  const hooked = drains.find((drain) => drain.index === spec.node % scenario.nodes.length && !drain.notice);
  if (!hooked) return;
  await world.sleep(terminatesAt(scenario, hooked.index) + spec.after);
  journal.note(clock.now(), `── ${spec.kind} of ${hooked.nodeName}${spec.isTrue ? '' : ', which is not true'}`);
  const now = clock.now();
  const goesAt = goesAtOf(spec, now);
  const drain = drainBeside(hooked, spec);
  drains.push(drain);
  if (spec.isTrue && goesAt !== undefined && spec.does === 'drain')
    drain.fate.soonerAt = Math.min(drain.fate.soonerAt ?? Number.POSITIVE_INFINITY, goesAt);
  if (spec.isTrue) void comeTrue(world, drain, spec);
  await execute(world, drain, actionOf(drain, spec, index, now));
}

/** When it says that the instance goes, less what is kept free; epoch milliseconds. */
function goesAtOf({ kind, inSeconds }: NoticeSpec, now: number): number | undefined {
  const { stateChangeSeconds, spotReserveSeconds } = defaultNoticePolicy;
  switch (kind) {
    case 'spot-interruption':
      return now + (inSeconds - spotReserveSeconds) * 1000;
    case 'state-change':
      return now + stateChangeSeconds * 1000;
    case 'scheduled-change':
      return now + inSeconds * 1000;
    case 'rebalance':
      return undefined;
  }
}

async function comeTrue(world: World, drain: Drain, { kind, inSeconds, goes }: NoticeSpec): Promise<void> {
  const { ec2, cluster } = world;
  const { instanceId, nodeName, fate } = drain;
  if (kind === 'state-change') ec2.set(instanceId, 'shutting-down');
  if (!goes || kind === 'rebalance' || inSeconds > 3_600) return;
  await world.sleep(inSeconds);
  if (kind !== 'state-change') {
    ec2.set(instanceId, 'shutting-down');
    await world.sleep(20);
  }
  ec2.set(instanceId, 'terminated');
  await world.sleep(10);
  fate.nodeAtLast = cluster.get('nodes', nodeName) ?? fate.nodeAtLast;
  cluster.remove('nodes', nodeName);
}

function actionOf({ instanceId }: Drain, spec: NoticeSpec, index: number, now: number): NoticeAction {
  const { kind, inSeconds } = spec;
  const at = new Date(kind === 'state-change' ? now : now + inSeconds * 1000).toISOString();
  return {
    version: 1,
    kind,
    account: '123456789012',
    region: 'us-east-1',
    instanceId,
    noticeId: `notice-${index}`,
    detail: kind === 'state-change' ? 'shutting-down' : kind,
    ...(kind === 'rebalance' ? {} : { at }),
  };
}

/** The settings that ask for what the notice does. */
export function noticePolicyOf({ notice }: Drain): NoticePolicy {
  if (!notice) return defaultNoticePolicy;
  const { does } = notice;
  return {
    ...defaultNoticePolicy,
    rebalance: does === 'warn' ? 'off' : does,
    scheduledChange: does === 'cordon' ? 'drain' : does,
  };
}
