import type { ApiFailure } from '../shared/lifecycle/api-failure.ts';
import { CommandError } from './command-error.ts';
import type { Connection } from './connect/connection.ts';

type Where = Pick<Connection, 'where' | 'kubectl'>;

/** `nodes "a" is forbidden: User "u" cannot patch resource "nodes" in API group "" at the cluster scope` */
const refusal =
  /User "(?<user>[^"]*)" cannot (?<verb>\S+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)")?/;

/** When nobody answered; the first that fits what the network said counts. */
const unreachable: readonly { fits: RegExp; next: string }[] = [
  {
    fits: /no credentials for|getting credentials/,
    next: 'Sign in again (aws sso login, aws login), or pass --profile.',
  },
  { fits: /ECONNREFUSED/, next: 'Nothing listens there: is the cluster up, and the context the right one?' },
  {
    fits: /ENOTFOUND|EAI_AGAIN/,
    next: 'The name cannot be resolved: see DNS and VPN; the cluster may be gone (kubectl config get-contexts).',
  },
  {
    fits: /not within|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|TimeoutError/,
    next: 'See network and VPN: the endpoint may be private, or closed to this address.',
  },
  {
    fits: /certificate|CERT_|self.signed|altnames/i,
    next: 'The certificate is not that of the kubeconfig: renew it (aws eks update-kubeconfig), or see what proxy is in between.',
  },
  {
    fits: /not from a Kubernetes API/,
    next: 'Something else answers there: see the server of the context, and proxies.',
  },
];

/** What an API server's refusal means for a person, with what to do next. `doing`: a gerund, for example `listing the nodes`. */
export function explainKubeFailure(failure: ApiFailure, doing: string, at: Where): CommandError {
  const { code, message } = failure;
  const line = message.split('\n')[0] ?? '';
  if (code === undefined) {
    const next =
      unreachable.find(({ fits }) => fits.test(message))?.next ?? 'See the network, and the server of the context.';
    return new CommandError(`${doing}: ${at.where} cannot be reached: ${line}`, next);
  }
  if (code === 401) {
    const next = `Sign in again (aws sso login), or renew the kubeconfig; then: ${kubectl(at, 'auth whoami')}`;
    return new CommandError(
      `${doing}: ${at.where} does not know who you are (401): the credentials are expired or foreign`,
      next,
    );
  }
  if (code === 403) return explainDenied(line, doing, at);
  if (code === 429 || code >= 500) {
    const next = 'The API server has trouble of its own: run it again in a moment.';
    return new CommandError(`${doing}: ${at.where} answered ${code}: ${line}`, next);
  }
  return new CommandError(`${doing}: ${line}`);
}

function explainDenied(message: string, doing: string, at: Where): CommandError {
  const { user, verb, resource, group, namespace } = refusal.exec(message)?.groups ?? {};
  if (!user || !verb || !resource) return new CommandError(`${doing}: refused: ${message}`, undefined);
  const what = group ? `${resource}.${group}` : resource;
  const place = namespace ? ` in namespace ${namespace}` : ' in the whole cluster';
  const ask = `auth can-i ${verb} ${what.replace(/^(pods)\/(.+)$/, '$1 --subresource=$2')}${namespace ? ` -n ${namespace}` : ''}`;
  return new CommandError(
    `${doing}: ${user} lacks the right to ${verb} ${what}${place}`,
    `Somebody who may grants it (enl rbac prints what drains need); then: ${kubectl(at, ask)}`,
  );
}

function kubectl({ kubectl }: Where, command: string): string {
  return ['kubectl', ...kubectl, command].join(' ');
}
