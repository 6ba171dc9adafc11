import { realClock } from '../../shared/adapters/real-clock.ts';
import type { ClusterPort } from '../../shared/cluster-port.ts';
import type { DrainPolicy } from '../../shared/lifecycle/policy.ts';
import { drainStatus } from '../../shared/manual/drain-status.ts';
import type { Live } from '../output/live.ts';
import { noLog } from './local-ports.ts';
import { plainLine } from './plain-line.ts';
import { drainScreen } from './screen.ts';
import type { WatchedDrains } from './watched-drains.ts';

const lookMilliseconds = 1000;
const drawMilliseconds = 250;

/** Shows drains until the signal aborts: on a screen, or by a line for each change. */
export async function followDrains(
  drains: WatchedDrains,
  { cluster, policy, live, onScreen }: { cluster: ClusterPort; policy: DrainPolicy; live: Live; onScreen: boolean },
  signal: AbortSignal,
): Promise<void> {
  const told = new Map<string, string>();
  const draw = () => {
    if (onScreen && live.isTerminal) return live.show(drainScreen(drains.shown(), realClock.now(), live));
    for (const drain of drains.shown()) {
      const line = plainLine(drain);
      if (drain.startedAt === undefined || told.get(drain.node) === line) continue;
      told.set(drain.node, line);
      live.keep(line);
    }
  };
  const look = async () => {
    for (const node of drains.underWay()) {
      const status = await drainStatus(node, { cluster, policy, clock: realClock, log: noLog }, signal);
      if (!('failure' in status)) drains.see(status);
    }
  };
  const every = async (milliseconds: number, act: () => Promise<void> | void) => {
    while (!signal.aborted) {
      await act();
      await realClock.sleep(milliseconds, signal);
    }
  };
  try {
    await Promise.all([every(lookMilliseconds, look), every(drawMilliseconds, draw)]);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  draw();
}
