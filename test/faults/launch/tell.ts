import { tellEvent } from '../tell.ts';
import type { LaunchScenario } from './scenario.ts';

/** The launch, the events and what broke: one line each. */
export function tellLaunch({ events, node, ...rest }: LaunchScenario): string {
  return [
    ...Object.entries(rest).map(([key, value]) => `${key.padEnd(9)} ${JSON.stringify(value)}`),
    `node      ${JSON.stringify(node)}`,
    ...events
      .toSorted((a, b) => a.at - b.at)
      .map((event) => `${String(event.at).padStart(6)} s  ${tellEvent(event as never)}`),
  ].join('\n');
}
