import type { Outcome } from '../scenarios/scenario.ts';

/** What many drains came to, instead of the timeline of one. */
export function figures({ ends, reports, aws, heartbeats }: Outcome): string[] {
  const seconds = reports
    .map(({ startedAt, endedAt }) => (Date.parse(endedAt ?? startedAt) - Date.parse(startedAt)) / 1000)
    .sort((a, b) => a - b);
  const at = (share: number) => `${(seconds[Math.floor((seconds.length - 1) * share)] ?? 0).toFixed(1)} s`;
  const evicted = reports.map(({ pods }) => pods.filter(({ evictedAt }) => evictedAt !== undefined).length);
  const asked = [...Map.groupBy(aws.calls, ({ service }) => service)].map(([service, calls]) => ({
    service,
    count: calls.length,
  }));
  const most = asked.sort((a, b) => b.count - a.count).map(({ service, count }) => `${service} ${count}`);
  return [
    `  drains      ${ends.length}, ${evicted.filter((pods) => pods > 0).length} of them with pods to evict`,
    `  took        ${at(0)} the shortest, ${at(0.5)} the median, ${at(1)} the longest`,
    `  AWS calls   ${aws.calls.length}: ${most.join(', ')}; ${heartbeats} of them heartbeats`,
  ];
}
