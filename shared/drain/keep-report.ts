import { drainId, type Session } from './session.ts';

/** The hook must not wait for its report. */
const patienceMilliseconds = 5_000;

/** Where the report lies now. One that cannot be kept costs the evidence, not the drain. */
export async function keepReport({ ports, input, report, reportKey, limit }: Session): Promise<string | null> {
  const patience = new AbortController();
  const saved = new AbortController();
  const waiting = ports.clock
    .sleep(patienceMilliseconds, saved.signal)
    .then(() => patience.abort(new Error(`not kept within ${patienceMilliseconds / 1000} s`)))
    .catch(() => undefined); // it was saved in time
  try {
    return await ports.reports.save(reportKey, report, AbortSignal.any([limit.signal, patience.signal]));
  } catch (error) {
    ports.metrics.add('ReportsNotKept', 'Count', 1);
    ports.log.error('report not kept', { drain: drainId(input), error: String(error) });
    return null;
  } finally {
    saved.abort();
    await waiting;
  }
}

/**
 * Takes up what earlier ticks noted, one that was killed included. A report that cannot be read costs its evidence, not the drain, and is
 * not overwritten: what follows goes into one of its own.
 */
export async function takeUpReport(session: Session): Promise<void> {
  const { input, ports, limit, state } = session;
  if (session.reportTaken) return;
  session.reportTaken = true;
  try {
    const kept = await ports.reports.load(session.reportKey, limit.signal);
    if (kept === undefined) return;
    if (kept.version !== 1 || !Array.isArray(kept.timeline) || !Array.isArray(kept.pods))
      throw new Error('it is no report of version 1');
    session.report = kept;
  } catch (error) {
    limit.signal.throwIfAborted();
    ports.log.error('report not read', { drain: drainId(input), error: String(error) });
    session.reportKey = `${drainId(input)}-tick-${state.ticks}-${ports.clock.now()}`;
  }
}
