import type { ManualSettings } from '../../shared/settings/manual.ts';
import type { ManualRequest } from '../../shared/settings/manual-request.ts';
import type { ErrorAnswer, ManualAnswer } from './answer.ts';
import type { Desk, ManualPorts } from './manual-ports.ts';
import { planAction } from './plan-action.ts';
import { readRequest } from './read-request.ts';
import { refuse } from './refuse.ts';
import { startAction } from './start-action.ts';
import { statusAction } from './status-action.ts';
import { stopAction } from './stop-action.ts';

/** Of what Lambda lets a function answer. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const mostBytes = 6_000_000;

/**
 * Answers whatever somebody asks, what cannot be done included: a caller who sees a function fail knows only that nobody can explain it.
 * `requestId`: of a start that names none; the same when Lambda repeats an invocation.
 */
export async function answerRequest(
  event: unknown,
  requestId: string,
  { settings, ports }: { settings: ManualSettings; ports: ManualPorts },
  signal: AbortSignal,
): Promise<ManualAnswer> {
  const read = readRequest(event);
  if ('problems' in read) return invalid(event, read.problems);
  const { request } = read;
  const { action, cluster: name } = request;
  const opened = await ports.clusters.open(name, signal);
  if (opened === 'gone') {
    const text = `EKS has no cluster ${name} in this account and region`;
    return refuse(action, 'no-cluster', text, 'aws eks list-clusters names those that there are.');
  }
  const answer = await act(request, requestId, { ...opened, settings, ports, signal });
  if (Buffer.byteLength(JSON.stringify(answer)) <= mostBytes) return answer;
  const text = 'the answer is larger than what Lambda lets pass';
  return refuse(
    action,
    'answer-too-large',
    text,
    'Ask about fewer nodes, by a selector for example; enl has no such limit.',
  );
}

function act(request: ManualRequest, requestId: string, desk: Desk): Promise<ManualAnswer> {
  switch (request.action) {
    case 'plan':
      return planAction(request, desk);
    case 'start':
      return startAction(request, request.requestId ?? requestId, desk);
    case 'status':
      return statusAction(request, desk);
    case 'stop':
      return stopAction(request, desk);
  }
}

function invalid(event: unknown, problems: NonNullable<ErrorAnswer['problems']>): ErrorAnswer {
  const actions: readonly unknown[] = ['plan', 'start', 'status', 'stop'];
  const { action } = (event ?? {}) as { action?: unknown };
  const text = problems.map(({ path, message }) => `${path || 'the request'}: ${message}`).join('; ');
  return {
    version: 1,
    ...(actions.includes(action) ? { action: action as ManualAnswer['action'] & string } : {}),
    error: { code: 'invalid-request', message: text, next: 'docs/manual-drain.schema.json says what may be asked.' },
    problems,
  };
}
