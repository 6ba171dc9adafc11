import { budgetsOf } from './budget-match.ts';
import type { Cause } from './causes.ts';
import { inNamespace } from './kubectl.ts';
import type { BudgetView } from './node.ts';
import type { PodView } from './pod.ts';
import { commandLine } from './shell-quote.ts';
import { budgetCommand } from './unblock-budget.ts';
import { workloadOf } from './workload.ts';

/**
 * The command with which a person gets on: it ends the cause where that harms nothing that runs, and else shows what holds the pod, so that
 * whoever owns it decides. Nothing is deleted, no finalizer taken away, and no singleton left without a budget. undefined: only time helps.
 */
export function unblockCommand(
  pod: PodView,
  { code, text }: Cause,
  { budgets, clusterName }: { budgets: readonly BudgetView[]; clusterName: string | undefined },
): string | undefined {
  const { namespace, name } = pod;
  switch (code) {
    case 'budget':
    case 'budget-not-processed':
    case 'two-budgets':
      return budgetCommand(pod, budgetsOf(pod, budgets));
    case 'admission':
    case 'webhook-down':
      return admissionCommand(text);
    case 'missing-right':
      return rightCommand(text, clusterName);
    case 'namespace-terminating':
      return commandLine('kubectl', 'get', 'namespace', namespace, '-o', 'yaml');
    case 'overload':
      return commandLine('kubectl', 'get', '--raw', '/debug/api_priority_and_fairness/dump_priority_levels');
    case 'trouble':
      return commandLine('kubectl', 'get', '--raw', '/readyz?verbose');
    case 'surging':
      return workloadCommand(pod);
    case 'pending':
    case 'later-tier':
      return undefined;
    case 'terminating':
      if (pod.finalizers.length === 0) return inNamespace(namespace, 'describe', 'pod', name);
      // Its managed fields tell who set them.
      return inNamespace(namespace, 'get', 'pod', name, '-o', 'yaml', '--show-managed-fields');
    default:
      return inNamespace(namespace, 'describe', 'pod', name);
  }
}

/** Which webhook or admission policy it is: whose name the API server gives in its refusal. */
export function refuserIn(text: string): { webhook: string } | { policy: string } | undefined {
  const webhook = /(?:admission|failed calling) webhook "([^"]+)"/.exec(text)?.[1];
  if (webhook !== undefined) return { webhook };
  const policy = /ValidatingAdmissionPolicy '([^']+)'/.exec(text)?.[1];
  return policy === undefined ? undefined : { policy };
}

/** Of a webhook that is down its own service, if the server said which; else the lists in which its configuration is found. */
function admissionCommand(text: string): string {
  const refuser = refuserIn(text);
  if (refuser && 'policy' in refuser)
    return commandLine('kubectl', 'describe', 'validatingadmissionpolicy', refuser.policy);
  const service = /https:\/\/([a-z0-9-]+\.[a-z0-9-]+)\.svc[:/.]/.exec(text)?.[1];
  if (service !== undefined) {
    const dot = service.indexOf('.');
    const selector = `kubernetes.io/service-name=${service.slice(0, dot)}`;
    return inNamespace(service.slice(dot + 1), 'get', 'endpointslices', '-l', selector);
  }
  const lists = 'validatingwebhookconfigurations,mutatingwebhookconfigurations';
  const columns = 'custom-columns=NAME:.metadata.name,WEBHOOKS:.webhooks[*].name';
  return commandLine('kubectl', 'get', lists, '-o', columns);
}

/** A token that the cluster does not know has no access entry; a right that is missing comes with our manifests. */
function rightCommand(text: string, clusterName: string | undefined): string {
  if (text.includes('does not know us') && clusterName !== undefined)
    return commandLine('aws', 'eks', 'list-access-entries', '--cluster-name', clusterName);
  return `${commandLine('npm', 'run', '--silent', 'enl', '--', 'rbac')} | ${commandLine('kubectl', 'apply', '-f', '-')}`;
}

function workloadCommand(pod: PodView): string | undefined {
  const workload = workloadOf(pod);
  return workload && inNamespace(pod.namespace, 'rollout', 'status', workload.kind, workload.name);
}
