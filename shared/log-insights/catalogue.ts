import { q01 } from './catalogue/q01-drain-timeline.ts';
import { q02 } from './catalogue/q02-vpc-lambda-nodes.ts';
import { q03 } from './catalogue/q03-vpc-lambda-pods.ts';
import { q04 } from './catalogue/q04-node-managers.ts';
import { q05 } from './catalogue/q05-eviction-timeline.ts';
import { q06 } from './catalogue/q06-eviction-refused.ts';
import { q07 } from './catalogue/q07-eviction-outcome.ts';
import { q08 } from './catalogue/q08-pods-bound-to-node.ts';
import { q09 } from './catalogue/q09-cordon.ts';
import { q10 } from './catalogue/q10-taints.ts';
import { q11 } from './catalogue/q11-node-create-delete.ts';
import { q12 } from './catalogue/q12-deleted-without-eviction.ts';
import { q13 } from './catalogue/q13-drain-summary.ts';
import { q20 } from './catalogue/q20-aws-auth-changes.ts';
import { q21 } from './catalogue/q21-access-entry-changes.ts';
import { q22 } from './catalogue/q22-rbac-changes.ts';
import { q23 } from './catalogue/q23-exec.ts';
import { q24 } from './catalogue/q24-anonymous.ts';
import { q25 } from './catalogue/q25-secret-reads.ts';
import { q26 } from './catalogue/q26-token-requests.ts';
import { q27 } from './catalogue/q27-denied.ts';
import { q28 } from './catalogue/q28-destructive-deletes.ts';
import { q29 } from './catalogue/q29-kube-system-writes.ts';
import { q30 } from './catalogue/q30-authenticator-denials.ts';
import { q31 } from './catalogue/q31-sts-endpoints.ts';
import { q40 } from './catalogue/q40-webhook-failures.ts';
import { q41 } from './catalogue/q41-webhook-denials.ts';
import { q42 } from './catalogue/q42-fail-open.ts';
import { q43 } from './catalogue/q43-webhook-changes.ts';
import { q44 } from './catalogue/q44-throttled.ts';
import { q45 } from './catalogue/q45-server-errors.ts';
import { q46 } from './catalogue/q46-slow-requests.ts';
import { q47 } from './catalogue/q47-latency-percentiles.ts';
import { q48 } from './catalogue/q48-top-talkers.ts';
import { q49 } from './catalogue/q49-list-storms.ts';
import { q50 } from './catalogue/q50-etcd-writers.ts';
import { q51 } from './catalogue/q51-deprecated-apis.ts';
import { q52 } from './catalogue/q52-unschedulable-pods.ts';
import { q53 } from './catalogue/q53-etcd-health.ts';
import { q54 } from './catalogue/q54-forbidden-sysctls.ts';
import { q55 } from './catalogue/q55-conflicts.ts';
import { q56 } from './catalogue/q56-certificate-requests.ts';
import { q57 } from './catalogue/q57-impersonation.ts';
import { q58 } from './catalogue/q58-privileged-pods.ts';
import type { CatalogueQuery } from './query.ts';

/** In the order of their ids. */
export const catalogue: readonly CatalogueQuery[] = [
  q01,
  q02,
  q03,
  q04,
  q05,
  q06,
  q07,
  q08,
  q09,
  q10,
  q11,
  q12,
  q13,
  q20,
  q21,
  q22,
  q23,
  q24,
  q25,
  q26,
  q27,
  q28,
  q29,
  q30,
  q31,
  q40,
  q41,
  q42,
  q43,
  q44,
  q45,
  q46,
  q47,
  q48,
  q49,
  q50,
  q51,
  q52,
  q53,
  q54,
  q55,
  q56,
  q57,
  q58,
];

/** By id or name. */
export function findQuery(idOrName: string): CatalogueQuery | undefined {
  return catalogue.find(({ id, name }) => id === idOrName.toUpperCase() || name === idOrName);
}
