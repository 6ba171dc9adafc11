import type { End } from '../../shared/lifecycle/end.ts';
import type { LaunchEnd, LaunchPolicy } from '../../shared/lifecycle/launch.ts';
import type { NoticePolicy } from '../../shared/lifecycle/notice-policy.ts';
import type { DrainPolicy } from '../../shared/lifecycle/policy.ts';
import type { DrainReport } from '../../shared/lifecycle/report.ts';
import type { AwsSandbox } from '../aws/aws-sandbox.ts';
import type { Cluster } from '../cluster/create-cluster.ts';
import type { Manifest } from '../cluster/objects.ts';
import type { Observation } from '../world/observation.ts';
import type { Stage } from '../world/open-stage.ts';

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
  /** Names the instance that the story is about: one in service (default), or one that is yet to be launched. */
  about?: 'sns-terminate.json' | 'sns-launch.json';
  /** What happens, instead of a termination and the delivery of events; call `begin` when the first thing has. */
  script?: (stage: Stage & { begin: () => void }) => Promise<void>;
  policy?: Partial<DrainPolicy>;
  launchPolicy?: Partial<LaunchPolicy>;
  notices?: Partial<NoticePolicy>;
  /** Many nodes go, instead of one, and these stay: the story counts instead of naming each. */
  fleet?: { going: readonly Manifest[]; staying: readonly Manifest[] };
  /** Before the first event. */
  arrange?: (cluster: Cluster) => void;
  /** Done once, as soon as what has been seen so far is enough for it: a busy machine keeps no time. */
  meanwhile?: readonly Deed[];
  /** What must be true at the end, each as a sentence. */
  must: Readonly<Record<string, (outcome: Outcome) => boolean>>;
}

export interface Deed {
  once: (seen: readonly Observation[], cluster: Cluster) => boolean;
  act: (cluster: Cluster) => void | Promise<void>;
}

/** What can be seen when nothing runs any more. */
export interface Outcome {
  aws: AwsSandbox;
  cluster: Cluster;
  /** The status of each execution. */
  executions: readonly string[];
  /** What the last tick answered. */
  end: End | LaunchEnd | undefined;
  /** Of each execution, in the order of their starts. */
  ends: readonly (End | LaunchEnd)[];
  /** What Auto Scaling was told, in order, whether it believed it or not. */
  completions: readonly string[];
  heartbeats: number;
  /** As Auto Scaling and EC2 see it. */
  instanceState: string | undefined;
  /** The longest of them all. */
  report: DrainReport | undefined;
  reportFile: string | undefined;
  reports: readonly DrainReport[];
  /** All that happened. */
  seen: readonly Observation[];
  seconds: number;
}
