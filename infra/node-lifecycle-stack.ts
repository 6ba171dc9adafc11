import type { Code } from 'aws-cdk-lib/aws-lambda';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Alarms } from './constructs/alarms.ts';
import { Audits } from './constructs/audits.ts';
import { ClusterAccess } from './constructs/cluster-access.ts';
import { NodeDashboard } from './constructs/node-dashboard.ts';
import { NodeLifecycle } from './constructs/node-lifecycle.ts';
import { SavedQueries } from './constructs/saved-queries.ts';
import { auditSection } from './observability/section-audits.ts';
import type { AuditLog } from './settings/audit-log.ts';
import type { SubnetAudit } from './settings/audits.ts';
import type { Settings } from './settings/schema.ts';

export interface NodeLifecycleStackProps extends StackProps {
  settings: Settings;
  /** The functions' code by folder, instead of bundling it. */
  codeOf?: ((folder: string) => Code) | undefined;
}

/** Everything for the clusters of one account and region. */
export class NodeLifecycleStack extends Stack {
  constructor(scope: Construct, id: string, { settings, codeOf, ...props }: NodeLifecycleStackProps) {
    super(scope, id, { description: 'Drains EKS nodes before Auto Scaling terminates them', ...props });
    const lifecycle = new NodeLifecycle(this, 'Lifecycle', { settings, codeOf });
    const { hooks, reports, places } = lifecycle;
    const audits = this.audits(lifecycle, { settings, codeOf });
    const alarms = new Alarms(this, 'Alarms', { lifecycle, audits, alarmTopicArn: settings.alarmTopicArn });
    if (audits) this.auditAccess(audits, settings);
    const more = audits ? [auditSection(audits)] : [];
    const dashboard = new NodeDashboard(this, 'Dashboard', { lifecycle, alarms, more });
    new SavedQueries(this, 'Queries', { lifecycle, audits });
    this.output('TopicArn', hooks.topic.topicArn, 'NotificationTargetARN of lifecycle hooks');
    this.output('HookRoleArn', hooks.role.roleArn, 'RoleARN of lifecycle hooks');
    this.output('DashboardName', dashboard.name, 'What there is to see');
    this.output('NeedsYouAlarmArn', alarms.needsYou.alarmArn, 'Goes off with any of the alarms');
    this.output('ReportBucket', reports.bucketName, 'Reports of drains');
    for (const { suffix, drain, launch, manual } of places) {
      const where = suffix === '' ? 'every other cluster' : `clusters in network ${suffix}`;
      this.output(`DrainRoleArn${suffix}`, drain.tick.role.roleArn, `Identity of drains in ${where}`);
      this.output(`LaunchRoleArn${suffix}`, launch.tick.role.roleArn, `Identity of launches in ${where}`);
      this.output(`ManualRoleArn${suffix}`, manual.function.role.roleArn, `Identity of drains by hand in ${where}`);
      this.output(`ManualFunctionName${suffix}`, manual.function.functionName, `Plans and starts drains in ${where}`);
    }
  }

  /**
   * Without a cluster that is named there is nothing to look at, or nothing that anybody here cares for; but somebody who turns on the queries
   * of logs cares for those of the region.
   */
  private audits(
    lifecycle: NodeLifecycle,
    { settings, codeOf }: Pick<NodeLifecycleStackProps, 'settings' | 'codeOf'>,
  ): Audits | undefined {
    const { hooks, reports } = lifecycle;
    const { clusters, defaultCluster, audits, requireTag, logLevel } = settings;
    const named = [...clusters.map(({ name }) => name), ...(defaultCluster === undefined ? [] : [defaultCluster])];
    const { clusterAudit, subnetAudit, auditLog } = audits;
    const ofClusters = named.length > 0 && clusterAudit.enabled;
    const ofSubnets = named.length + subnetAudit.clusters.length > 0 && subnetAudit.enabled;
    if (!ofClusters && !ofSubnets && !auditLog.enabled) return undefined;
    return new Audits(this, 'Audits', {
      ...{ reports, codeOf },
      clusterAudit: ofClusters
        ? {
            schedule: clusterAudit,
            settings: {
              clusterNames: [...new Set(named)],
              topicArn: hooks.topic.topicArn,
              roleArn: hooks.role.roleArn,
              heartbeatSeconds: settings.hooks.heartbeatTimeoutSeconds,
              hookNames: lifecycle.hookNames(),
              requireTag,
              logLevel,
            },
          }
        : undefined,
      subnetAudit: ofSubnets
        ? { schedule: subnetAudit, settings: subnetAuditSettings(subnetAudit, logLevel) }
        : undefined,
      auditLog: auditLog.enabled ? { schedule: auditLog, settings: auditLogSettings(auditLog, logLevel) } : undefined,
    });
  }

  /** The audit of subnets reads in the clusters that are named and in its own list, as somebody of its own. */
  private auditAccess({ all }: Audits, { clusters, audits }: Settings): void {
    const subnets = all.find(({ service }) => service === 'subnet-audit');
    if (!subnets || !audits.subnetAudit.kubernetes) return;
    const { roleArn } = subnets.function.role;
    const only = audits.subnetAudit.clusters;
    for (const { name, access } of clusters.filter((each) => only.length === 0 || only.includes(each.name))) {
      new ClusterAccess(this, `AuditAccess${name}`, {
        ...{ clusterName: name, access },
        identities: [{ name: 'Audit', roleArn, groups: ['eks-node-lifecycle-audit'] }],
      });
    }
    this.output('AuditRoleArn', roleArn, 'Identity of the audit of subnets in every cluster');
  }

  private output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}

function subnetAuditSettings(audit: SubnetAudit, logLevel: Settings['logLevel']) {
  const { clusters, kubernetes, waivers, topicArn, securityHub } = audit;
  return { clusterNames: [...new Set(clusters)], kubernetes, waivers, topicArn, securityHub, logLevel };
}

function auditLogSettings(audit: AuditLog, logLevel: Settings['logLevel']) {
  const { clusters, queries, waivers, topicArn, securityHub, ...rest } = audit;
  const { cloudTrailLogGroup, firstWindowHours, overlapMinutes, deliveryLagMinutes, maxGigabytes } = rest;
  return {
    ...{ clusterNames: [...new Set(clusters)], queries, waivers, topicArn, securityHub, logLevel },
    ...{ cloudTrailLogGroup, firstWindowHours, overlapMinutes, deliveryLagMinutes, maxGigabytes },
  };
}
