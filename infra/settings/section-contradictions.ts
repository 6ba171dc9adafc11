import { defaultLaunchPolicy } from '../../shared/lifecycle/launch.ts';
import { defaultNoticePolicy } from '../../shared/lifecycle/notice-policy.ts';
import { defaultPolicy } from '../../shared/lifecycle/policy.ts';
import { ConfigError } from '../../shared/settings/config-error.ts';
import { launchEnvironment, launchTable } from '../../shared/settings/launch.ts';
import { drainTable, terminateEnvironment } from '../../shared/settings/terminate.ts';
import type { Problem } from './contradictions.ts';
import type { Settings } from './schema.ts';

/** What the functions have besides, as far as they are asked here. */
const others = {
  hookNames: ['any'],
  topicArns: [],
  requireTag: false,
  clusterName: undefined,
  logLevel: 'info',
} as const;
const places = {
  reportBucket: 'any',
  reportFolder: undefined,
  leaseNamespace: 'any',
  loadBalancers: 'wait',
  notices: defaultNoticePolicy,
} as const;

/** What a function itself would refuse of the values of its section together, by the names that they have in the file. */
export function sectionContradictions({ drain, launch }: Pick<Settings, 'drain' | 'launch'>): Problem[] {
  return [
    ...problemsOf('drain', drainTable, () =>
      terminateEnvironment({ ...others, ...places, policy: { ...defaultPolicy, ...drain } }),
    ),
    ...problemsOf('launch', launchTable, () =>
      launchEnvironment({ ...others, policy: { ...defaultLaunchPolicy, ...launch } }),
    ),
  ];
}

function problemsOf(
  section: string,
  table: Readonly<Record<string, { key: string }>>,
  write: () => Record<string, string>,
): Problem[] {
  try {
    write();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const names = new Map(Object.entries(table).map(([name, { key }]) => [key, name]));
    return error.problems.map((problem) => {
      const text = problem.replace(/ENL_[A-Z_]+/g, (key) => names.get(key) ?? key);
      const [name = '', ...message] = text.split(': ');
      return { path: [section, name], message: message.join(': ') };
    });
  }
}
