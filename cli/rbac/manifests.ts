import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

export const identities = ['drain', 'launch', 'manual', 'audit'] as const;
export type Identity = (typeof identities)[number];

export interface ManifestsWanted {
  identities: readonly Identity[];
  /** They need Kubernetes 1.30. */
  policies: boolean;
  leaseNamespace: string | undefined;
  /** Where a drain may restart Deployments. */
  surgeNamespaces: readonly string[];
}

/** In the order in which they are applied: a namespace before what is in it, and a limit before the right that it limits. */
const files: readonly { file: string; of: Identity; isPolicy?: true }[] = [
  { file: 'leases.yaml', of: 'drain' },
  { file: 'drain-policy.yaml', of: 'drain', isPolicy: true },
  { file: 'cluster-role.yaml', of: 'drain' },
  { file: 'launch-policy.yaml', of: 'launch', isPolicy: true },
  { file: 'launch-role.yaml', of: 'launch' },
  { file: 'plan-role.yaml', of: 'manual' },
  { file: 'audit-role.yaml', of: 'audit' },
];

/** What a cluster must grant, as YAML for one `kubectl apply -f -`. */
export function manifests({ identities: wanted, policies, leaseNamespace, surgeNamespaces }: ManifestsWanted): string {
  const texts = files
    .filter(({ of, isPolicy }) => wanted.includes(of) && (policies || !isPolicy))
    .map(({ file }) => {
      const moves = file === 'leases.yaml' && leaseNamespace !== undefined;
      return moves ? inNamespace(leaseNamespace, read(file)) : read(file);
    });
  return `${[...texts, ...surges(surgeNamespaces, policies)].join('\n---\n')}\n`;
}

/** One policy for all namespaces, and a role in each. */
function surges(namespaces: readonly string[], policies: boolean): string[] {
  const policy = policies && namespaces.length > 0 ? [read('surge/policy.yaml')] : [];
  return [...policy, ...namespaces.map((namespace) => inNamespace(namespace, read('surge/role.yaml')))];
}

function read(file: string): string {
  return readFileSync(new URL(`../../infra/rbac/${file}`, import.meta.url), 'utf8').trimEnd();
}

function inNamespace(name: string, text: string): string {
  const moved = parseAllDocuments(text).map((document) => {
    document.setIn(['metadata', document.get('kind') === 'Namespace' ? 'name' : 'namespace'], name);
    return document.toString({ directives: false, flowCollectionPadding: false, lineWidth: 0 }).trimEnd();
  });
  return moved.join('\n---\n');
}
