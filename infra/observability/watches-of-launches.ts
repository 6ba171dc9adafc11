import { ownMetric } from './own-metrics.ts';
import type { Watches } from './watch.ts';

/** What ticks of launches write. */
export function watchesOfLaunches(): Watches {
  return {
    LaunchesAlarming: {
      metric: ownMetric('launch', 'LaunchesAlarming', {}),
      says:
        'An instance did not become a ready node in time: it was replaced, or let through since several were. Find "launch ended" at ' +
        'level ERROR in the log of the launch tick: it has the diagnosis, and the command that fixes it where there is one.',
    },
    LaunchClusterUnreachable: {
      metric: ownMetric('launch', 'ClusterTrouble', { Kind: 'cluster-unreachable' }),
      says:
        'The API server of a cluster gives a launch no usable answer; its instances will go into service unlooked at. Check the health of ' +
        'that cluster and whether its endpoint may be reached from the function.',
    },
    LaunchClusterNotMapped: {
      metric: ownMetric('launch', 'ClusterTrouble', { Kind: 'not-mapped' }),
      says:
        'A cluster does not know the role of the launches, or lets it read nothing. Give the role in the output LaunchRoleArn an access ' +
        'entry there, and apply what "npm run enl -- rbac" prints.',
    },
  };
}
