import type { DrainReport, PodRecord } from './report.ts';

/** A report as plain lines for a terminal or a log: outcome, what holds pods, pods, timeline. Seconds count from the drain's start. */
export function reportLines(report: DrainReport): string[] {
  const pods = ['', 'Pods', ...report.pods.map(podLine)];
  return [...outcomeLines(report), ...stuckLines(report), ...pods, '', 'Timeline', ...timelineLines(report)];
}

function outcomeLines({ action, cluster, node, startedAt, endedAt, end }: DrainReport): string[] {
  const took = endedAt === undefined ? 'not ended yet' : `${secondsBetween(startedAt, endedAt).toFixed(1)} s`;
  const told = end?.completion ?? 'nothing';
  return [
    `Instance   ${action.instanceId}${'groupName' in action ? ` of ${action.groupName}` : ''}`,
    `Node       ${node ?? 'none found'}${cluster === undefined ? '' : ` in ${cluster}`}`,
    `Started    ${startedAt}, ${took}`,
    `Outcome    ${end ? `${end.reason}: ${end.text}` : 'none yet'}`,
    `Told Auto Scaling   ${told}`,
  ];
}

function stuckLines({ stuck = [] }: DrainReport): string[] {
  if (stuck.length === 0) return [];
  const told = stuck.flatMap(({ text, pods, count, command }) => {
    const more = count > pods.length ? ` and ${count - pods.length} more` : '';
    return [`  ${pods.join(', ')}${more}: ${text}`, ...(command === undefined ? [] : [`    ${command}`])];
  });
  return ['', 'Held', ...told];
}

function podLine(pod: PodRecord): string {
  const fate = pod.forcedAt ? 'forced' : pod.evictedAt ? 'evicted' : pod.verdict;
  const held = pod.causes.length > 0 ? `; held by: ${pod.causes.map(({ text }) => text).join('; ')}` : '';
  return `  ${fate.padEnd(8)} ${pod.namespace}/${pod.name}: ${pod.code}, ${pod.reason}${held}`;
}

function timelineLines({ startedAt, timeline }: DrainReport): string[] {
  return timeline.map(({ at, what, text, pod }) => {
    const seconds = secondsBetween(startedAt, at).toFixed(1).padStart(8);
    return `${seconds}  ${what.padEnd(14)} ${pod === undefined ? '' : `${pod}: `}${text}`;
  });
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
