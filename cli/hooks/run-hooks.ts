import type { GroupHooks } from '../../shared/adapters/group-hooks.ts';
import { carryOut, type StepResult } from './carry-out.ts';
import { type Gathered, gatherPlans } from './gather-plans.ts';
import type { HookRequest } from './hook-request.ts';
import { planJson } from './plan-json.ts';
import { plansText, wantedText } from './plan-text.ts';
import { resultTexts, totalText } from './result-text.ts';
import { type HookSummary, summarize, summaryText } from './summary.ts';

export interface HookPorts {
  hooks: GroupHooks;
  out: (text: string) => void;
  /** A person's answer. */
  confirm: (question: string, signal: AbortSignal) => Promise<boolean>;
  signal: AbortSignal;
}

/**
 * Shows what is to be done, and does it if it may. Answers the exit code: 0 done or nothing to do, 1 something failed, 2 there is something
 * to do, when that was asked for. Throws when no group can be read, and the signal's reason.
 */
export async function runHooks(request: HookRequest, ports: HookPorts): Promise<number> {
  const { out, signal } = ports;
  const json = request.output === 'json';
  const print = (...lines: string[]) => {
    if (!json) out(`${lines.join('\n')}\n`);
  };
  const gathered = await gatherPlans(request, ports);
  const summary = summarize(gathered);
  print(...planLines(request, gathered, summary));

  let results: StepResult[] | undefined;
  if (summary.work > 0 && (await mayBegin(request, summary, ports))) {
    const tell = resultTexts(gathered.plans);
    print('');
    results = await carryOut(gathered.plans, (result) => print(...tell(result)), ports);
    print('', totalText(results));
  } else if (summary.work > 0) {
    print(
      'Nothing was changed.',
      ...(request.command === 'plan' ? ['To do it, run the same with install instead of plan.'] : []),
    );
  }
  if (json) out(planJson(request, gathered, results));

  signal.throwIfAborted();
  const failed = summary.unread + summary.refuse > 0 || results?.some(({ outcome }) => outcome === 'failed');
  if (failed) return 1;
  return request.tellChanges && summary.work > 0 ? 2 : 0;
}

async function mayBegin(request: HookRequest, summary: HookSummary, { confirm, signal }: HookPorts): Promise<boolean> {
  if (request.command === 'plan' || request.dryRun) return false;
  if (request.yes) return true;
  if (request.command === 'install') return confirm('Add and change these hooks?', signal);
  const { waiting } = summary;
  const some = waiting === 1 ? '1 instance waits' : `${waiting} instances wait`;
  return confirm(`${waiting > 0 ? `${some} for them now. ` : ''}Delete these hooks?`, signal);
}

function planLines(request: HookRequest, gathered: Gathered, summary: HookSummary): string[] {
  const { clusterName } = request;
  if (gathered.plans.length + gathered.failures.length === 0) {
    return [
      `No Auto Scaling group in ${gathered.region} is tagged kubernetes.io/cluster/${clusterName} or eks:cluster-name=${clusterName}.`,
      'See the name of the cluster, --region and --profile; a group without these tags can be named with --group.',
      'Karpenter and EKS Auto Mode start instances without a group: they drain their nodes themselves, and need no hook.',
    ];
  }
  const adds = summary.create > 0 ? wantedText(request) : [];
  return [...adds, ...plansText(gathered), `${clusterName} in ${gathered.region}: ${summaryText(summary)}.`];
}
