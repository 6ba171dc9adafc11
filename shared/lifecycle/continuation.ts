/**
 * After so many ticks the work goes on in a new execution, which starts with an empty history: 25,000 events are all that
 * one execution may have, and a tick takes nine. https://docs.aws.amazon.com/step-functions/latest/dg/bp-history-limit.html
 */
export const ticksPerExecution = 2000;

/** The name that the work goes on under: `<base>-c2`, then `-c3` …; null while this execution has room. */
export function continueAs(execution: string, ticks: number): string | null {
  if (ticks < ticksPerExecution) return null;
  const match = CONTINUED.exec(execution);
  return `${chainName(execution)}-c${Number(match?.[1] ?? 1) + 1}`;
}

/** What the names of all executions of one piece of work begin with. */
export function chainName(execution: string): string {
  return execution.replace(CONTINUED, '');
}

/** Three digits: the token at the end of a name may itself end in `-c` and twelve characters. */
const CONTINUED = /-c(\d{1,3})$/;
