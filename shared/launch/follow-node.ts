import { follow } from '../drain/follow.ts';
import { createWake, type Wake } from '../drain/wake.ts';
import type { ApiFailure } from '../lifecycle/api-failure.ts';
import type { NodeView } from '../lifecycle/node.ts';
import type { PodView } from '../lifecycle/pod.ts';
import type { LaunchPlace } from './launch-place.ts';
import type { LaunchSession } from './launch-session.ts';

/** A node and its pods, kept up to date by watches; `wake` is told of each change. */
export interface NodeFollowed {
  name: string;
  wake: Wake;
  /** undefined: there is none of that name. */
  node(): NodeView | undefined;
  pods(): PodView[];
  trouble(): ApiFailure | undefined;
  /** Throws what went wrong behind the loop's back. */
  throwCrash(): void;
  close(): Promise<void>;
}

export async function followNode(
  { ports, limit }: LaunchSession,
  { cluster }: Pick<LaunchPlace, 'cluster'>,
  name: string,
): Promise<NodeFollowed> {
  const { clock, log } = ports;
  // Launches that lose their watches together must not come back together; they did not start in the same millisecond.
  const timing = { clock, random: () => (clock.now() % 1000) / 1000 };
  const wake = createWake();
  const onChange = () => wake.notify();
  const onClosed = (reason: string) => log.warn('watch closed', { node: name, reason });
  const nodes = await follow<NodeView>(
    {
      list: (until) => cluster.listNode(name, until),
      watch: (version, until) => cluster.watchNode(name, version, until),
      key: ({ uid }) => uid,
      onChange,
      onClosed,
    },
    timing,
    limit.signal,
  );
  try {
    const pods = await follow<PodView>(
      {
        list: (until) => cluster.listPods(name, until),
        watch: (version, until) => cluster.watchPods(name, version, until),
        key: ({ uid }) => uid,
        onChange,
        onClosed,
      },
      timing,
      limit.signal,
    );
    return {
      name,
      wake,
      node: () => nodes.items()[0],
      pods: () => pods.items(),
      trouble: () => nodes.trouble() ?? pods.trouble(),
      throwCrash() {
        const cause = nodes.crash() ?? pods.crash();
        if (cause !== undefined) throw new Error(`following Node ${name}`, { cause });
      },
      close: async () => void (await Promise.all([nodes.close(), pods.close()])),
    };
  } catch (error) {
    await nodes.close();
    throw error;
  }
}
