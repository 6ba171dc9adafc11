import { createFileReports } from '../../shared/adapters/file-reports.ts';
import { lazyLoadBalancers } from '../../shared/adapters/lazy-load-balancers.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { type RenderPage, withPages } from '../../shared/adapters/report-pages.ts';
import type { TickPorts, TickSettings } from '../../shared/drain/session.ts';
import { defaultNoticePolicy } from '../../shared/lifecycle/notice-policy.ts';
import { defaultPolicy } from '../../shared/lifecycle/policy.ts';
import type { AutoScalingPort, Log } from '../../shared/ports.ts';
import type { Connection } from '../connect/connection.ts';

export const noLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** What a tick works with in this process: one cluster, a folder for reports, and no AWS. */
export function localTickPorts({ cluster, name }: Connection, reportFolder: string): TickPorts {
  const clock = realClock;
  return {
    autoScaling: noAutoScaling,
    clusters: { open: async () => ({ found: 'cluster', name, cluster }) },
    // Nobody but the kubelet says how its instance is.
    compute: {
      instanceState: async () => 'running',
      instanceFacts: async () => undefined,
      scheduledEvents: async () => [],
    },
    loadBalancers: lazyLoadBalancers('off', { log: noLog, clock, random: Math.random }),
    reports: withPages(createFileReports({ folder: reportFolder }), render, noLog),
    clock,
    log: noLog,
    metrics: { add: () => {} },
    random: Math.random,
  };
}

/** What draws is loaded for the end of a drain. */
const render: RenderPage = async (report) =>
  (await import('../../shared/report-page/render-report-page.ts')).renderReportPage(report);

/** A sandbox's cluster is quick. */
export function localSettings({ name, sandbox }: Connection): TickSettings {
  return {
    ours: { hookNames: [], topicArns: [] },
    clusterName: name,
    policy: sandbox ? { ...defaultPolicy, settleSeconds: 1, burstSeconds: 0 } : defaultPolicy,
    notices: defaultNoticePolicy,
  };
}

/** A drain that somebody asked for has no hook, and no group that matters. */
const noAutoScaling: AutoScalingPort = {
  describeInstance: async () => undefined,
  describeGroup: async () => undefined,
  describeHook: async () => undefined,
  describeHooks: async () => [],
  completeAction: async () => 'no-active-action',
  recordHeartbeat: async () => 'no-active-action',
};

/** Of a sandbox it lies where all of the sandbox lies. */
export function reportFolderOf({ reportFolder }: { reportFolder?: string }, { sandbox }: Connection): string {
  return reportFolder ?? (sandbox ? '.sandbox/drains' : 'drain-reports');
}
