import { planDrain } from '../../shared/manual/plan-drain.ts';
import type { RequestOf } from '../../shared/settings/manual-request.ts';
import type { ErrorAnswer, PlanAnswer } from './answer.ts';
import type { Desk } from './manual-ports.ts';
import { askedOptions, targetOf } from './read-request.ts';
import { refuseTarget } from './refuse.ts';

/** What a drain would do and meet. It changes nothing. */
export async function planAction(request: RequestOf<'plan'>, desk: Desk): Promise<PlanAnswer | ErrorAnswer> {
  const { cluster, inventory, ports, settings, signal } = desk;
  const { groups, clock } = ports;
  const { maxUnavailable } = request;
  const answer = await planDrain(
    {
      target: targetOf(request.target),
      options: askedOptions(request, settings.policy),
      cluster: request.cluster,
      ...(maxUnavailable === undefined ? {} : { maxUnavailable }),
    },
    { cluster, inventory, groups, clock, policy: settings.policy },
    signal,
  );
  if (answer.found !== 'plan') return refuseTarget('plan', answer);
  return { version: 1, action: 'plan', plan: answer.plan };
}
