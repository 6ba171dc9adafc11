import type { Served } from './journal.ts';
import type { Stage } from './stage.ts';
import type { Process } from './tick.ts';

/** Into the journal. Events are left out: they are many, and say nothing new. */
export function noteServed(
  { journal }: Pick<Stage, 'journal'>,
  { at, tick, request, response }: Served<Process>,
): void {
  if (request.path.includes('/events')) return;
  const body = request.body === undefined ? '' : ` ${JSON.stringify(request.body).slice(0, 300)}`;
  const said = response.status < 300 ? '' : `: ${(response.body as { message?: string }).message?.slice(0, 150)}`;
  journal.note(at, `${tick.name} ${request.method} ${short(request.path)}${body} → ${response.status}${said}`);
}

export function short(path: string): string {
  return path.replace(/^\/apis?\/(?:[^/]+\/)?v1\//, '').replace('namespaces/', '');
}

export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.stack}${error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`}`;
}
