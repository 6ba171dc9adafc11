import type { Fleet } from './fleet.ts';
import type { Told } from './line.ts';

/** Where things stand, in one line; `isGathered`: no more instances are to be expected. */
export function standing(fleet: Fleet, isGathered: boolean): Told | undefined {
  const { instances, cordoned, drained, pods, inFlight, waiting, asked, ended, executions } = fleet;
  if (!isGathered) {
    const text = `${instances.size} so far are Terminating:Wait, ${cordoned.size} of them cordoned`;
    return { mark: 'instances', text, tone: 'quiet' };
  }
  if (asked === 0) {
    if (cordoned.size === 0 || cordoned.size === instances.size) return undefined;
    return { mark: 'cordoned', text: `${cordoned.size} of ${instances.size} nodes`, tone: 'quiet' };
  }
  const states = [...pods.values()];
  const count = (state: string) => states.filter((each) => each === state).length;
  if (count('gone') < pods.size) {
    const ways = `${count('leaving')} on their way, ${count('held')} held by a budget`;
    const text = `${count('gone')} of ${pods.size} pods are gone, ${ways}; ${inFlight} evictions in flight`;
    return { mark: 'evicting', text, tone: 'quiet' };
  }
  if (ended.length === executions.size) return undefined;
  const waits = waiting.size > 0 ? `; ${waiting.size} second hooks wait until they look again` : '';
  return { mark: 'drained', text: `${drained.size} of ${instances.size} nodes${waits}`, tone: 'quiet' };
}
