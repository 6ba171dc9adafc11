import type { ScalingGroups } from '../../../sandbox/aws/scaling-groups.ts';
import type { GroupRollPort } from '../../../shared/roll/roll-ports.ts';

/** The model of Auto Scaling without a socket. */
export function groupRollPort(scaling: ScalingGroups): GroupRollPort {
  return {
    async describeGroup(name) {
      const group = scaling.group(name);
      if (!group) return undefined;
      const { min = 0, max = 0, desired = 0, suspended = [], launches, overrides = [], warmPool, tags } = group;
      const instances = scaling.instanceIds().flatMap((id) => {
        const instance = scaling.instance(id);
        if (instance?.groupName !== name || !instance.lifecycleState) return [];
        const { lifecycleState, zone = '', type, from, protectedFromScaleIn = false } = instance;
        return [{ id, zone, ...(type && { type }), lifecycleState, healthy: true, protectedFromScaleIn, from }];
      });
      return {
        name,
        tags: { ...tags },
        min,
        max,
        desired,
        suspended,
        launches: { from: launches, overrides },
        ...(warmPool && { warmPool }),
        instances,
      };
    },
    templateVersions: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const template = scaling.templates.get(id);
          return template ? [[id, { latest: String(template.latest), default: String(template.default) }]] : [];
        }),
      ),
    launchTimes: async (ids) => new Map(ids.map((id) => [id, scaling.instance(id)?.launchedAt ?? 0])),
    activeRefresh: async (name) => scaling.groupNamed(name).refreshes?.[0],
    failedLaunches: async () => ['Could not launch On-Demand Instances. InsufficientInstanceCapacity'],
    async setDesired(name, desired) {
      scaling.setDesired(name, desired);
      return 'done';
    },
    setMax: async (name, max) => scaling.setLimits(name, { max }),
    async terminate(id, { decrement }) {
      scaling.terminateInGroup(id, decrement);
      return 'done';
    },
    async writeTag(name, key, value) {
      const { tags } = scaling.groupNamed(name);
      if (value === undefined) delete tags[key];
      else tags[key] = value;
    },
    suspend: async (name, process) => scaling.suspend(name, [process]),
    resume: async (name, process) => scaling.resume(name, [process]),
  };
}
