import type { ApiAnswer } from '../lifecycle/api-failure.ts';
import type { RequiredSet } from '../lifecycle/launch-readiness.ts';
import type { LaunchPlace } from './launch-place.ts';
import type { LaunchSession } from './launch-session.ts';

/** The required DaemonSets that the cluster has; a cluster with another CNI has no aws-node. */
export async function requiredSets(
  { settings, limit }: LaunchSession,
  { cluster }: Pick<LaunchPlace, 'cluster'>,
): Promise<ApiAnswer<RequiredSet[]>> {
  const { requiredDaemonSets } = settings.policy;
  const answers = await Promise.all(
    requiredDaemonSets.map(async (full) => {
      const [namespace = '', name = ''] = full.split('/');
      return { full, answer: await cluster.getDaemonSet(namespace, name, limit.signal) };
    }),
  );
  const sets: RequiredSet[] = [];
  for (const { full, answer } of answers) {
    if (answer.ok) sets.push({ name: full, view: answer.value });
    else if (answer.failure.code !== 404) return answer;
  }
  return { ok: true, value: sets };
}
