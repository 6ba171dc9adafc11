import type { LogKind } from './log-kind.ts';

/** Source files, and words of a start, that only one of the components logs from. */
const signs: readonly [LogKind, RegExp][] = [
  [
    'scheduler',
    /\b(?:schedule_one|scheduling_queue|scheduler|default_preemption|preemption|framework)\.go:\d+\]|Kubernetes Scheduler|"Unable to schedule pod/,
  ],
  [
    'controller-manager',
    /\b(?:controllermanager|controller_descriptor|garbagecollector|graph_builder|node_lifecycle_controller|replica_set|range_allocator|endpointslice_controller|stateful_set|job_controller|daemon_controller|deployment_controller|resource_quota_\w+|taint_eviction|topologycache|attach_detach_controller|horizontal)\.go:\d+\]/,
  ],
  ['cloud-controller-manager', /\b(?:node_controller|route_controller|cloud)\.go:\d+\]|cloud-controller-manager/],
  [
    'apiserver',
    /\b(?:genericapiserver|apf_controller|dispatcher|plugins|handler|httplog|cacher|crd_\w+|cidrallocator|storage_\w+|apiservice_controller|remote_available_controller|instance|aggregator|wrap|timeout|alloc|trace|healthz|watch_cache|rest|status|conversion)\.go:\d+\]|external host was not specified|calling webhook|kube-apiserver/,
  ],
];

/** Whose log lines of klog are, by most of their signs; undefined: they bear none, or as many of another's. */
export function klogComponent(lines: readonly string[]): LogKind | undefined {
  const counts = signs.map(([kind, sign]) => ({ kind, count: lines.filter((line) => sign.test(line)).length }));
  const [first, second] = counts.sort((a, b) => b.count - a.count);
  return first && first.count > (second?.count ?? 0) ? first.kind : undefined;
}
