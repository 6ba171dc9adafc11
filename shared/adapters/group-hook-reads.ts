import {
  type AutoScalingClient,
  type DescribeAutoScalingGroupsCommandInput,
  DescribeLifecycleHooksCommand,
  paginateDescribeAutoScalingGroups,
} from '@aws-sdk/client-auto-scaling';
import type { GroupHook, HookedGroup } from '../lifecycle/hook-step.ts';
import { during } from './during.ts';
import { denied, unlessGone } from './group-hook-errors.ts';
import { viewGroup, viewHook } from './group-hook-views.ts';

export type GroupHookReads = ReturnType<typeof createGroupHookReads>;

/** The most of both names and records that one call takes. */
const pageSize = 100;

/** The hooks of groups, for somebody who changes nothing. A refusal is an Error whose cause is a DeniedError. */
export function createGroupHookReads(client: AutoScalingClient) {
  return {
    /** Where the groups are. Throws when nothing says. */
    region: (): Promise<string> => Promise.resolve(client.config.region()),

    /** All groups whose tags name the cluster, by name. */
    async groupsOf(clusterName: string, signal: AbortSignal): Promise<HookedGroup[]> {
      const filters = [
        { Name: 'tag-key', Values: [`kubernetes.io/cluster/${clusterName}`] },
        { Name: 'tag:eks:cluster-name', Values: [clusterName] },
      ];
      const found = new Map<string, HookedGroup>();
      for (const filter of filters) {
        const what = `describing the groups of cluster ${clusterName}`;
        for (const group of await describe(what, { Filters: [filter] }, signal)) found.set(group.name, group);
      }
      return [...found.values()].sort(byName);
    },

    /** Those that there are. */
    async groupsNamed(names: readonly string[], signal: AbortSignal): Promise<HookedGroup[]> {
      const found: HookedGroup[] = [];
      for (let from = 0; from < names.length; from += pageSize) {
        const some = names.slice(from, from + pageSize);
        found.push(...(await describe(`describing ${some.join(', ')}`, { AutoScalingGroupNames: some }, signal)));
      }
      return found.sort(byName);
    },

    /** undefined: the group is gone. */
    hooksOf: (groupName: string, signal: AbortSignal): Promise<GroupHook[] | undefined> =>
      during(
        `describing the hooks of group ${groupName}`,
        signal,
        client
          .send(new DescribeLifecycleHooksCommand({ AutoScalingGroupName: groupName }), { abortSignal: signal })
          .then(({ LifecycleHooks = [] }) => LifecycleHooks.map(viewHook))
          .catch(denied('DescribeLifecycleHooks'))
          .catch(unlessGone(undefined)),
      ),
  };

  function describe(
    what: string,
    input: DescribeAutoScalingGroupsCommandInput,
    signal: AbortSignal,
  ): Promise<HookedGroup[]> {
    const collect = async () => {
      const groups: HookedGroup[] = [];
      const pages = paginateDescribeAutoScalingGroups({ client, pageSize }, input, { abortSignal: signal });
      for await (const { AutoScalingGroups = [] } of pages) groups.push(...AutoScalingGroups.map(viewGroup));
      return groups;
    };
    return during(what, signal, collect().catch(denied('DescribeAutoScalingGroups')));
  }
}

const byName = (a: HookedGroup, b: HookedGroup) => (a.name < b.name ? -1 : 1);
