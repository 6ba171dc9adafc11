import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

export type Identity = 'drain' | 'launch';

export interface ManifestsWanted {
  identities: readonly Identity[];
  /** They need Kubernetes 1.30. */
  policies: boolean;
  leaseNamespace: string | undefined;
}

/** In the order in which they are applied: a namespace before what is in it, and a limit before the right that it limits. */
const files: readonly { file: string; of: Identity; isPolicy?: true }[] = [
  { file: 'leases.yaml', of: 'drain' },
  { file: 'drain-policy.yaml', of: 'drain', isPolicy: true },
  { file: 'cluster-role.yaml', of: 'drain' },
  { file: 'launch-policy.yaml', of: 'launch', isPolicy: true },
  { file: 'launch-role.yaml', of: 'launch' },
];

/** What a cluster must grant, as YAML for one `kubectl apply -f -`. */
export function manifests({ identities, policies, leaseNamespace }: ManifestsWanted): string {
  const texts = files
    .filter(({ of, isPolicy }) => identities.includes(of) && (policies || !isPolicy))
    .map(({ file }) => {
      const text = readFileSync(new URL(`../../infra/rbac/${file}`, import.meta.url), 'utf8');
      const moves = file === 'leases.yaml' && leaseNamespace !== undefined;
      return (moves ? inNamespace(leaseNamespace, text) : text).trimEnd();
    });
  return `${texts.join('\n---\n')}\n`;
}

function inNamespace(name: string, text: string): string {
  const moved = parseAllDocuments(text).map((document) => {
    document.setIn(['metadata', document.get('kind') === 'Namespace' ? 'name' : 'namespace'], name);
    return document.toString({ directives: false, flowCollectionPadding: false, lineWidth: 0 }).trimEnd();
  });
  return moved.join('\n---\n');
}
