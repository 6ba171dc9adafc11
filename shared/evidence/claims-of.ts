import type { DrainReport } from '../lifecycle/report.ts';
import type { Claim } from './claim.ts';
import { instant, podClaims } from './pod-claims.ts';

const done = { fits: (code: number) => code >= 200 && code < 300, codes: '2xx' };

/** Everything in a report that the API server was asked for, and that its log must therefore have. */
export function claimsOf(report: DrainReport): Claim[] {
  const { node = '', timeline, pods } = report;
  const ofNode = timeline.flatMap(({ what, at, text }): Claim[] => {
    if (what === 'marked') return [{ kind: 'marked', about: node, ...instant(at), ...done, text }];
    if (what === 'undone') return [{ kind: 'undone', about: node, ...instant(at), ...done, text }];
    const [, deployment] = /^the Deployment (\S+) is restarted/.exec(what === 'surged' ? text : '') ?? [];
    return deployment === undefined ? [] : [{ kind: 'restarted', about: deployment, ...instant(at), ...done, text }];
  });
  return [...ofNode, ...pods.flatMap((pod) => podClaims(pod, report, deletesInstead(report)))];
}

/** Whoever asked for it chose that no budget is asked. */
export function deletesInstead({ action }: DrainReport): boolean {
  return action.kind === 'manual' && action.options.disableEviction === true;
}
