import { shareOf } from '../../shared/lifecycle/eviction-room.ts';
import type { Fleet } from './fleet.ts';
import { standing } from './fleet-standing.ts';
import type { Told } from './line.ts';

/** After the last message: no more are to be expected. */
const quietMs = 1_000;

/** What is done now, and every few seconds where things stand; `now` is epoch milliseconds. */
export function linesDue(fleet: Fleet, now: number): Told[] {
  if (fleet.instances.size === 0) return [];
  const isOver = fleet.ended.length > 0 && fleet.ended.length === fleet.executions.size;
  const isGathered = isOver || (fleet.messages.size > 0 && now - fleet.messageAt >= quietMs);
  const lines = isGathered ? [...begun(fleet), ...marked(fleet, now), ...emptied(fleet), ...over(fleet)] : [];
  const everyMs = isGathered ? 3_000 : 1_000;
  const stands = lines.length === 0 && now - fleet.toldAt >= everyMs ? standing(fleet, isGathered) : undefined;
  if (stands && once(stands.text, fleet)) lines.push(stands);
  if (lines.length > 0) fleet.toldAt = now;
  return lines;
}

function begun(fleet: Fleet): Told[] {
  const { instances, messages, executions, taken } = fleet;
  const sent = sum(messages);
  if (taken < sent || !once('begun', fleet)) return [];
  const next = 'Auto Scaling wants them gone, and waits until their hooks are completed';
  const channels = [...messages].map(([channel, count]) => `${count} by ${names[channel] ?? channel}`).join(', ');
  const started = `${executions.size} executions are started, one for each hook of each instance`;
  const joined = `the other ${sent - executions.size} messages say the same again, and join them`;
  return [
    { mark: 'instances', text: `${instances.size} are Terminating:Wait`, next },
    { mark: 'events', text: `${sent} messages went to the intake function: ${channels}` },
    { mark: 'intake', text: started, next: joined },
  ];
}

function marked(fleet: Fleet, now: number): Told[] {
  const { instances, cordoned, asked, askedBefore, policy } = fleet;
  const all = instances.size;
  const lines: Told[] = [];
  if (cordoned.size === all && once('cordoned', fleet)) {
    const next = 'no pod is evicted onto a node that is about to go';
    const early = `all ${all} nodes, but ${askedBefore} evictions came before the last of them`;
    if (askedBefore > 0) lines.push({ mark: 'cordoned', text: early, tone: 'bad' });
    else lines.push({ mark: 'cordoned', text: `all ${all} nodes, before the first eviction`, next, tone: 'good' });
  }
  if (asked > 0 && once('evicting', fleet)) {
    const settled = ((now - fleet.lastCordonAt) / 1000).toFixed(1);
    const share = shareOf(policy.maxInFlight, all);
    const next = `of ${policy.maxInFlight} evictions in flight that the cluster is to bear, each of ${all} drains has ${share}`;
    lines.push({ mark: 'evicting', text: `begins ${settled} s after the last cordon`, next });
  }
  return lines;
}

function emptied(fleet: Fleet): Told[] {
  const { pods, asked, refused, mostInFlight, policy, forced } = fleet;
  if (pods.size === 0 || ![...pods.values()].every((state) => state === 'gone') || !once('empty', fleet)) return [];
  const flight = `at most ${mostInFlight} of ${policy.maxInFlight} in flight`;
  const text = `all ${pods.size} pods are gone: ${asked} evictions asked for, ${flight}, ${refused} put off by a budget, ${forced} pods forced`;
  return [{ mark: 'empty', text, tone: 'good' }];
}

function over(fleet: Fleet): Told[] {
  const { ended, executions, taken, messages, completions } = fleet;
  if (ended.length === 0 || ended.length < executions.size || taken < sum(messages) || !once('end', fleet)) return [];
  const counts = [...Map.groupBy(ended, (reason) => reason)].map(([reason, all]) => `${all.length} ${reason}`);
  return [
    { mark: 'complete', text: `Auto Scaling is told CONTINUE ${completions} times`, tone: 'good' },
    { mark: 'end', text: counts.join(', '), tone: 'good' },
  ];
}

const names: Readonly<Record<string, string>> = { sns: 'SNS', eventbridge: 'EventBridge' };

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

function once(what: string, { told }: Fleet): boolean {
  return !told.has(what) && told.add(what) !== undefined;
}
