import type { StepResult } from './carry-out.ts';
import type { Gathered } from './gather-plans.ts';
import type { HookRequest } from './hook-request.ts';
import { summarize } from './summary.ts';

/** One document; `results` only where something was to be done. Its version changes when a field goes or means something else. */
export function planJson(request: HookRequest, gathered: Gathered, results: readonly StepResult[] | undefined): string {
  const { command, clusterName, topicArn, roleArn } = request;
  const document = {
    version: 1,
    command,
    cluster: clusterName,
    region: gathered.region,
    topicArn,
    roleArn,
    groups: gathered.plans.map(({ groupName, ...plan }) => ({ name: groupName, ...plan })),
    failures: gathered.failures.map(({ groupName, text, next }) => ({ name: groupName, text, next })),
    summary: summarize(gathered),
    results: results?.map((result) => ({
      group: result.groupName,
      hook: result.step.name,
      verdict: result.step.verdict,
      outcome: result.outcome,
      ...(result.outcome === 'failed' && { text: result.trouble.text, next: result.trouble.next }),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
