import { node as nodeParameter } from '../log-insights/common-parameters.ts';
import { ParameterError, problemOf } from '../log-insights/parameters.ts';
import type { CatalogueQuery } from '../log-insights/query.ts';

type EvidenceQuery = Pick<CatalogueQuery, 'streams' | 'mergeable' | 'aggregates'> & { text: string };

/**
 * Whole events of all that may belong to a drain of the node, whoever did it: what was done to the node, evictions and deletes of pods, what
 * says where a pod was (it was bound, or its kubelet removed it), and what else a drain of ours writes. @throws ParameterError
 */
export function drainEventsQuery(node: string): EvidenceQuery {
  const problem = problemOf(nodeParameter, node);
  if (problem !== undefined) throw new ParameterError([problem]);
  const text = `
fields @timestamp, @message, coalesce(objectRef.subresource, "-") as sub
| filter @logStream like /^kube-apiserver-audit/
| filter stage = "ResponseComplete"
| filter (objectRef.resource = "nodes" and objectRef.name = "${node}" and sub = "-" and verb in ["create", "update", "patch", "delete"]) or (objectRef.resource = "pods" and sub = "eviction" and verb = "create") or (objectRef.resource = "pods" and sub = "-" and verb in ["delete", "deletecollection"]) or (objectRef.resource = "pods" and sub = "binding" and verb = "create" and @message like /"name":"${literal(node)}"/) or (objectRef.resource in ["leases", "deployments"] and verb in ["create", "update", "patch"] and userAgent like /^eks-node-lifecycle/)
| display @timestamp, @message
| sort @timestamp asc
| limit 100000
`.trim();
  return { streams: ['audit'], mergeable: true, text };
}

/** For each minute of which the log has anything at all: its first and its last event. A log is not asked for what it cannot know. */
export const coverageQuery: EvidenceQuery = {
  streams: ['audit'],
  mergeable: true,
  aggregates: { events: 'sum', first: 'min', last: 'max' },
  text: `
filter @logStream like /^kube-apiserver-audit/
| stats count(*) as events, min(@timestamp) as first, max(@timestamp) as last by bin(1m)
| limit 100000
`.trim(),
};

/** A name as a pattern: of what names are made of, only the dot means something else. */
function literal(name: string): string {
  return name.replaceAll('.', String.raw`\.`);
}
