import type { End } from '../../shared/lifecycle/end.ts';
import type { DrainPolicy } from '../../shared/lifecycle/policy.ts';
import type { DrainReport } from '../../shared/lifecycle/report.ts';
import type { Cluster } from '../cluster/create-cluster.ts';
import type { Manifest } from '../cluster/objects.ts';

/** One story: a cluster, what is asked, what happens meanwhile, and how it must end. */
export interface Scenario {
  name: string;
  /** One line of `--help`. */
  title: string;
  /** What it shows, in a sentence. */
  shows: string;
  /** On the node that goes, before any other node is there. */
  workloads: readonly Manifest[];
  /** Whether the instance has a Node; default yes. */
  joined?: boolean;
  /** Whether Auto Scaling really terminates the instance; default yes. */
  terminating?: boolean;
  /** Files of events/, delivered one after another; default sns-terminate.json. */
  events?: readonly string[];
  policy?: Partial<DrainPolicy>;
  /** Before the first event. */
  arrange?: (cluster: Cluster) => void;
  /** Counted from the first event. */
  meanwhile?: readonly { afterSeconds: number; act: (cluster: Cluster) => void | Promise<void> }[];
  /** What must be true at the end, each as a sentence. */
  must: Readonly<Record<string, (outcome: Outcome) => boolean>>;
}

/** What can be seen when nothing runs any more. */
export interface Outcome {
  cluster: Cluster;
  /** The status of each execution. */
  executions: readonly string[];
  /** What the last tick answered. */
  end: End | undefined;
  /** What Auto Scaling was told, in order, whether it believed it or not. */
  completions: readonly string[];
  heartbeats: number;
  /** As Auto Scaling and EC2 see it. */
  instanceState: string | undefined;
  report: DrainReport | undefined;
  reportFile: string | undefined;
  seconds: number;
}
