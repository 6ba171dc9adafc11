import type { ClusterEvent, ClusterPort } from '../cluster-port.ts';
import { iso } from '../lifecycle/report-draft.ts';
import type { Clock, Log } from '../ports.ts';

const mostCharacters = 1_000;

/** Sends an Event on its way. It is a courtesy: one that cannot be written is logged, and the work goes on. */
export function writeEvent(
  {
    ports,
    limit,
    courtesies,
  }: { ports: { clock: Clock; log: Log }; limit: { signal: AbortSignal }; courtesies: Promise<void>[] },
  cluster: ClusterPort,
  event: Omit<ClusterEvent, 'at'>,
  of: Record<string, string>,
): void {
  const { clock, log } = ports;
  const whole = { ...event, message: event.message.slice(0, mostCharacters), at: iso(clock.now()) };
  const notWritten = (error: string) => log.warn('event not written', { ...of, event: event.name, error });
  const written = cluster.createEvent(whole, limit.signal).then(
    (answer) => {
      // A 409: it was written before.
      if (!answer.ok && answer.failure.code !== 409) notWritten(answer.failure.message);
    },
    (error: unknown) => notWritten(String(error)),
  );
  courtesies.push(written);
}
