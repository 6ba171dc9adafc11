import middy from '@middy/core';
import type { LambdaLog } from '../../shared/adapters/log.ts';
import type { Begun } from '../../shared/manual/begin-drain.ts';
import type { RequestResult } from '../../shared/manual/finish-request.ts';
import type { Judged } from '../../shared/manual/judge-drain.ts';
import type { ManualSettings } from '../../shared/settings/manual.ts';
import type { ManualAnswer } from './answer.ts';
import { answerRequest } from './answer-request.ts';
import type { ManualPorts } from './manual-ports.ts';
import { isStep, readStep, takeStep } from './take-step.ts';

/** Enough to take cordons back and to answer after what is under way is aborted. */
const abortMilliseconds = 10_000;

export function createDrain(settings: ManualSettings, ports: Omit<ManualPorts, 'log'> & { log: LambdaLog }) {
  const { log } = ports;
  return middy<unknown, ManualAnswer | Begun | Judged | RequestResult>({ timeoutEarlyInMillis: abortMilliseconds })
    .before(({ context, event }) => log.begin(context, idsIn(event)))
    .onError(({ error }) => log.error('manual request failed', { error }))
    .handler(async (event, { awsRequestId }, { signal }) => {
      if (isStep(event)) return step(event, signal);
      const requestId = awsRequestId.replaceAll('-', '');
      const answer = await answerRequest(event, requestId, { settings, ports }, signal);
      const fields = { action: answer.action, ...('requestId' in answer ? { request: answer.requestId } : {}) };
      if ('error' in answer)
        log.warn('manual request', { ...fields, code: answer.error.code, text: answer.error.message });
      else log.info('manual request', { ...fields, text: 'answered' });
      return answer;
    });

  async function step(event: unknown, signal: AbortSignal): Promise<Begun | Judged | RequestResult> {
    const asked = readStep(event);
    const opened = await ports.clusters.open(asked.request.cluster, signal);
    if (opened === 'gone') throw new Error(`the cluster ${asked.request.cluster} no longer exists`);
    const answer = await takeStep(asked, { ...opened, settings, ports, signal });
    log.info('manual step', { step: asked.step, status: answer.status, ...tellable(answer) });
    return answer;
  }
}

function tellable(answer: Begun | Judged | RequestResult): Record<string, unknown> {
  if ('outcome' in answer) return { outcome: answer.outcome.outcome, text: answer.outcome.text };
  return 'text' in answer ? { text: answer.text } : {};
}

/** What lines are found by, of an event that may be anything. */
function idsIn(event: unknown): Record<string, string | undefined> {
  const { cluster, request, node } = (event ?? {}) as Record<
    string,
    { [name: string]: unknown } | string | null | undefined
  >;
  const common = typeof request === 'object' ? request : null;
  const one = typeof node === 'object' ? node : null;
  return {
    cluster: asText(cluster) ?? asText(common?.cluster),
    request: asText(common?.requestId),
    node: asText(one?.name),
    instance: asText(one?.instanceId),
  };
}

const asText = (value: unknown) => (typeof value === 'string' ? value : undefined);
