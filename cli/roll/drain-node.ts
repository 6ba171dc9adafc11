import { startDrains } from '../../shared/manual/start-drains.ts';
import type { DrainNode } from '../../shared/roll/roll-ports.ts';
import type { Connection } from '../connect/connection.ts';
import type { DrainOptions } from '../drain/drain-options.ts';
import { localSettings, localTickPorts, reportFolderOf } from '../drain/local-ports.ts';
import { requestOf } from '../drain/request-of.ts';
import type { Live } from '../output/live.ts';
import { someOf } from '../output/words.ts';

const lastMomentsMilliseconds = 20_000;

/** Drains one node of a roll in this process, as `enl drain start --local` does. */
export function drainsOf(
  connection: Connection,
  options: DrainOptions & { reportFolder?: string },
  live: Live,
): DrainNode {
  const { cluster } = connection;
  const tick = localTickPorts(connection, reportFolderOf(options, connection));
  return async (name, instanceId, signal) => {
    const request = requestOf([{ name, instanceId, zone: undefined }], { ...options, maxUnavailable: 1 }, connection);
    try {
      const settings = localSettings(connection);
      const started = await startDrains(
        request,
        {
          cluster,
          tick,
          settings,
          lastMoments: () => AbortSignal.timeout(lastMomentsMilliseconds),
          on: (event) => {
            if (event.kind === 'tick' && event.output.status === 'again')
              live.keep(`          ${name}: ${event.output.summary.text}`);
          },
        },
        signal,
      );
      if (started.result === 'refused') return { ok: false, reason: 'refused', text: started.failure.message };
      if (started.result === 'blocked') {
        const pods = someOf(started.blocked.map((pod) => `${pod.namespace}/${pod.name}`));
        const [first] = started.blocked;
        return { ok: false, reason: 'blocked', text: `blocked by ${pods}: ${first?.reason ?? ''}` };
      }
      const [outcome] = started.outcomes;
      const reason = outcome?.end?.reason ?? outcome?.outcome ?? 'failed';
      return { ok: outcome?.outcome === 'drained', reason, text: outcome?.end?.text ?? outcome?.text ?? '' };
    } catch (error) {
      // What happens to a drain is for the roll to judge.
      const aborted = signal.aborted ? 'aborted' : 'failed';
      return { ok: false, reason: aborted, text: error instanceof Error ? error.message : String(error) };
    }
  };
}
