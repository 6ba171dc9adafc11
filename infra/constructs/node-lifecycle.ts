import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { defaultLaunchPolicy } from '../../shared/lifecycle/launch.ts';
import { defaultNoticePolicy } from '../../shared/lifecycle/notice-policy.ts';
import { hookNames as ownHooks } from '../../shared/lifecycle/own-hooks.ts';
import { defaultPolicy } from '../../shared/lifecycle/policy.ts';
import type { Settings } from '../settings/schema.ts';
import { ClusterAccess, identitiesOf } from './cluster-access.ts';
import { Drain } from './drain.ts';
import { GroupHooks } from './group-hooks.ts';
import { HookTopic } from './hook-topic.ts';
import { Intake } from './intake.ts';
import { Launch } from './launch.ts';
import { ManualDrain } from './manual-drain.ts';
import { noticeKinds } from './notice-rules.ts';
import { ReportBucket } from './report-bucket.ts';
import { TickNetwork } from './tick-network.ts';

export interface NodeLifecycleProps {
  settings: Settings;
  /** The functions' code by folder, instead of bundling it. */
  codeOf?: ((folder: string) => Code) | undefined;
}

/** The drains and launches whose functions run in one place, for the clusters that are reached from there. */
export interface Place {
  /** Ends the names of what is in it; empty for the first. */
  suffix: string;
  clusters: readonly string[];
  drain: Drain;
  launch: Launch;
  manual: ManualDrain;
}

/** Drains and launches for the clusters of one account and region. */
export class NodeLifecycle extends Construct {
  readonly hooks: HookTopic;
  readonly reports: IBucket;
  readonly intake: Intake;
  /** The first is that of clusters with a public endpoint, and of those that the settings do not name. */
  readonly places: readonly [Place, ...Place[]];

  private readonly props: NodeLifecycleProps;

  constructor(scope: Construct, id: string, props: NodeLifecycleProps) {
    super(scope, id);
    this.props = props;
    const { settings, codeOf } = props;
    this.hooks = new HookTopic(this, 'Hooks');
    const { bucketName, days } = settings.reports;
    this.reports = bucketName
      ? Bucket.fromBucketName(this, 'Reports', bucketName)
      : (new ReportBucket(this, 'Reports', { days }) as IBucket);
    const open = settings.clusters.filter(({ network }) => network === undefined).map(({ name }) => name);
    this.places = [this.place('', open), ...settings.networks.map((network) => this.placeIn(network))];
    const [{ drain, launch }, ...others] = this.places;
    const notices = { ...defaultNoticePolicy, ...settings.notices };
    this.intake = new Intake(this, 'Intake', {
      topic: this.hooks.topic,
      machines: { terminate: drain.stateMachine, launch: launch.stateMachine },
      networks: others.map(({ clusters, ...place }) => ({
        clusters,
        terminate: place.drain.stateMachine,
        launch: place.launch.stateMachine,
      })),
      clusterName: settings.defaultCluster,
      hookNames: this.hookNames(),
      // Nobody asks for recommendations of which nothing would follow.
      notices: noticeKinds.filter(
        (kind) => !settings.ignoredNotices.includes(kind) && !(kind === 'rebalance' && notices.rebalance === 'off'),
      ),
      logLevel: settings.logLevel,
      code: codeOf?.('intake'),
    });
    this.addClusters();
  }

  /** Hooks of these names are ours. */
  hookNames(): string[] {
    return [...new Set([...Object.values(ownHooks), ...this.props.settings.hookNames])];
  }

  private placeIn(network: Settings['networks'][number]): Place {
    const clusters = this.props.settings.clusters.filter((cluster) => cluster.network === network.name);
    const names = clusters.map(({ name }) => name);
    return this.place(network.name, names, new TickNetwork(this, `Network${network.name}`, network));
  }

  private place(suffix: string, clusters: readonly string[], network?: TickNetwork): Place {
    const { settings, codeOf } = this.props;
    const { requireTag, defaultCluster, leaseNamespace, loadBalancers, logLevel, reservedConcurrency } = settings;
    const ours = {
      hookNames: this.hookNames(),
      topicArns: [this.hooks.topic.topicArn],
      requireTag,
      clusterName: defaultCluster,
      logLevel,
    };
    const policy = { ...defaultPolicy, ...settings.drain };
    const drain = new Drain(this, `Drain${suffix}`, {
      settings: {
        ...ours,
        leaseNamespace,
        loadBalancers,
        policy,
        notices: { ...defaultNoticePolicy, ...settings.notices },
      },
      reports: this.reports,
      network,
      reservedConcurrency: limit(reservedConcurrency.drain),
      code: codeOf?.('terminate'),
    });
    const launch = new Launch(this, `Launch${suffix}`, {
      settings: { ...ours, policy: { ...defaultLaunchPolicy, ...settings.launch } },
      network,
      reservedConcurrency: limit(reservedConcurrency.launch),
      code: codeOf?.('launch'),
    });
    const manual = new ManualDrain(this, `Manual${suffix}`, {
      settings: { logLevel, policy },
      drainMachine: drain.stateMachine,
      reports: this.reports,
      network,
      code: codeOf?.('drain'),
    });
    return { suffix, clusters, drain, launch, manual };
  }

  private addClusters(): void {
    const { clusters, hooks } = this.props.settings;
    for (const { name, access, groups } of clusters) {
      const place = this.places.find((each) => each.clusters.includes(name)) ?? this.places[0];
      const entered = new ClusterAccess(this, `Access${name}`, {
        clusterName: name,
        access,
        identities: identitiesOf(place),
      });
      for (const { name: groupName, terminate, launch } of groups) {
        // A construct's name may hold no slash, a group's may.
        const groupHooks = new GroupHooks(this, `Hooks${encodeURIComponent(groupName)}`, {
          groupName,
          clusterName: name,
          terminate,
          launch,
          heartbeatTimeoutSeconds: hooks.heartbeatTimeoutSeconds,
          notify: this.hooks,
        });
        // What they pause before anybody hears of it would wait for their timeout.
        groupHooks.node.addDependency(this.intake, entered);
      }
    }
  }
}

const limit = (ticks: number | 'none') => (ticks === 'none' ? undefined : ticks);
