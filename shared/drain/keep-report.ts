import { drainId, reportKey, type Session } from './session.ts';

/** Where the report lies now. One that cannot be kept costs the evidence, not the drain. */
export async function keepReport({ ports, input, report, budget }: Session): Promise<string | null> {
  try {
    return await ports.reports.save(reportKey(input), report, budget.signal);
  } catch (error) {
    ports.log.error('report not kept', { drain: drainId(input), error: String(error) });
    return null;
  }
}
