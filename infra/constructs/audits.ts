import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { AuditService } from '../../shared/metrics-catalogue.ts';
import { type AuditLogSettings, auditLogEnvironment } from '../../shared/settings/audit-log.ts';
import { type ClusterAuditSettings, clusterAuditEnvironment } from '../../shared/settings/cluster-audit.ts';
import { type SubnetAuditSettings, subnetAuditEnvironment } from '../../shared/settings/subnet-audit.ts';
import { auditLogPolicy } from '../policies/audit-log-policy.ts';
import { clusterAuditPolicy } from '../policies/cluster-audit-policy.ts';
import { subnetAuditPolicy } from '../policies/subnet-audit-policy.ts';
import type { AuditSchedule } from '../settings/audits.ts';
import type { LifecycleFunction } from './lifecycle-function.ts';
import { ScheduledAudit } from './scheduled-audit.ts';
import { ScheduledAuditLog } from './scheduled-audit-log.ts';

export interface AuditsProps {
  /** Where reports go, each audit's under a prefix of its own. */
  reports: IBucket;
  /** Of each cluster's lifecycle hooks. */
  clusterAudit: { schedule: AuditSchedule; settings: Omit<ClusterAuditSettings, 'reportBucket'> } | undefined;
  /** Of each cluster's networks. */
  subnetAudit: { schedule: AuditSchedule; settings: Omit<SubnetAuditSettings, 'reportBucket'> } | undefined;
  /** Of the logs of each cluster's control plane. */
  auditLog: { schedule: AuditSchedule; settings: Omit<AuditLogSettings, 'reportBucket'> } | undefined;
  /** The functions' code by folder, instead of bundling it. */
  codeOf?: ((folder: string) => Code) | undefined;
}

/** An audit as alarms and the dashboard have it. */
export interface Audit {
  /** Under which it writes its metrics. */
  service: AuditService;
  /** Begins the names of its alarms. */
  name: string;
  function: LifecycleFunction;
  /** Where a run is more than one call of the function. */
  stateMachine?: StateMachine;
  overdueAfterHours: number;
}

/** What looks at clusters on a schedule and changes nothing; its failures are kept, and its findings are metrics and reports. */
export class Audits extends Construct {
  readonly failures: Queue;
  readonly all: readonly Audit[];

  private readonly props: AuditsProps;

  constructor(scope: Construct, id: string, props: AuditsProps) {
    super(scope, id);
    this.props = props;
    this.failures = new Queue(this, 'Failures', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const { clusterAudit, subnetAudit, auditLog } = props;
    this.all = [
      ...(clusterAudit ? [this.ofClusters(clusterAudit)] : []),
      ...(subnetAudit ? [this.ofSubnets(subnetAudit)] : []),
      ...(auditLog ? [this.ofLogs(auditLog)] : []),
    ];
  }

  private ofClusters({ schedule, settings }: NonNullable<AuditsProps['clusterAudit']>): Audit {
    const { reports, codeOf } = this.props;
    const audit = new ScheduledAudit(this, 'Cluster', {
      folder: 'cluster-audit',
      description: 'Checks the lifecycle hooks of the groups of each cluster',
      environment: clusterAuditEnvironment({ ...settings, reportBucket: reports.bucketName }),
      rights: clusterAuditPolicy(reports),
      schedule,
      failures: this.failures,
      code: codeOf?.('cluster-audit'),
    });
    const { overdueAfterHours } = schedule;
    return { service: 'cluster-audit', name: 'ClusterAudit', function: audit.function, overdueAfterHours };
  }

  private ofSubnets({ schedule, settings }: NonNullable<AuditsProps['subnetAudit']>): Audit {
    const { reports, codeOf } = this.props;
    const audit = new ScheduledAudit(this, 'Subnet', {
      folder: 'subnet-audit',
      description: 'Checks the subnets, routes and tags of each cluster',
      environment: subnetAuditEnvironment({ ...settings, reportBucket: reports.bucketName }),
      rights: subnetAuditPolicy(reports, settings),
      schedule,
      failures: this.failures,
      code: codeOf?.('subnet-audit'),
    });
    const { overdueAfterHours } = schedule;
    return { service: 'subnet-audit', name: 'SubnetAudit', function: audit.function, overdueAfterHours };
  }

  private ofLogs({ schedule, settings }: NonNullable<AuditsProps['auditLog']>): Audit {
    const { reports, codeOf } = this.props;
    const { function: tick, stateMachine } = new ScheduledAuditLog(this, 'Log', {
      folder: 'audit-log',
      description: "Asks the logs of each cluster's control plane who did what",
      environment: auditLogEnvironment({ ...settings, reportBucket: reports.bucketName }),
      rights: auditLogPolicy(reports, settings),
      schedule,
      failures: this.failures,
      code: codeOf?.('audit-log'),
    });
    const { overdueAfterHours } = schedule;
    return { service: 'audit-log', name: 'AuditLog', function: tick, stateMachine, overdueAfterHours };
  }
}
