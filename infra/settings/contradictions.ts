import * as z from 'zod';
import { launchTable } from '../../shared/settings/launch.ts';
import { drainTable } from '../../shared/settings/terminate.ts';
import { sectionOf } from './section.ts';
import { sectionContradictions } from './section-contradictions.ts';

/** Something wrong with the settings, and where. */
export interface Problem {
  path: readonly PropertyKey[];
  message: string;
}

const name = z.string().optional().catch(undefined);
const listOf = <T extends z.ZodType>(part: T) => z.array(part).catch([]);
const group = z.object({ name }).catch({});
const cluster = z.object({ name, network: name, groups: listOf(group) }).catch({ groups: [] });
const network = z
  .object({ name, subnetIds: listOf(name), securityGroupIds: listOf(name) })
  .catch({ subnetIds: [], securityGroupIds: [] });
const nothing = { clusters: [], networks: [], drain: {}, launch: {} };
/** What can be compared, whatever is wrong with the rest. */
const comparable = z
  .object({
    clusters: listOf(cluster),
    networks: listOf(network),
    drain: sectionOf(drainTable).catch({}),
    launch: sectionOf(launchTable).catch({}),
  })
  .catch(nothing);

/** What each value of a settings file allows but all together do not; of what is wrong by itself nothing is said. */
export function contradictions(file: unknown): Problem[] {
  const { clusters, networks, ...sections } = comparable.parse(file);
  const names = new Set(networks.map((each) => each.name));
  const groups = clusters.flatMap((each, at) =>
    each.groups.map(({ name }, group) => ({ name, path: ['clusters', at, 'groups', group, 'name'] })),
  );
  return [
    ...twice(clusters.map(({ name }, at) => ({ name, path: ['clusters', at, 'name'] }))),
    ...twice(networks.map(({ name }, at) => ({ name, path: ['networks', at, 'name'] }))),
    ...twice(groups),
    ...networks.flatMap((each, at) =>
      (['subnetIds', 'securityGroupIds'] as const).flatMap((key) =>
        twice(each[key].map((name, index) => ({ name, path: ['networks', at, key, index] }))),
      ),
    ),
    ...clusters.flatMap(({ network }, at) =>
      network === undefined || names.has(network)
        ? []
        : [{ path: ['clusters', at, 'network'], message: `no network is called ${network}` }],
    ),
    ...networks.flatMap(({ name }, at) =>
      name === undefined || clusters.some(({ network }) => network === name)
        ? []
        : [{ path: ['networks', at], message: `no cluster is in network ${name}` }],
    ),
    ...sectionContradictions(sections),
  ];
}

function twice(named: readonly { name?: string | undefined; path: readonly PropertyKey[] }[]): Problem[] {
  const again = named.filter(({ name }, at) => named.findIndex((other) => other.name === name) < at);
  return again.flatMap(({ name, path }) => (name === undefined ? [] : [{ path, message: `${name} is named twice` }]));
}
