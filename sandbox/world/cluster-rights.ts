import { readFileSync } from 'node:fs';
import { loadAllYaml } from '@kubernetes/client-node/dist/yaml.js';
import type { Grant, PolicyRule } from '../cluster/authorize.ts';

export const drainGroup = 'eks-node-lifecycle';

/** What infra/rbac gives to the group, and nothing more: a right that is missing there shows here. */
export function clusterRights(): Grant[] {
  return ['cluster-role.yaml', 'leases.yaml']
    .flatMap((file) => loadAllYaml(readFileSync(new URL(`../../infra/rbac/${file}`, import.meta.url), 'utf8')))
    .flatMap(({ rules, metadata }: { rules?: PolicyRule[]; metadata?: { namespace?: string } }) => {
      const where = metadata?.namespace === undefined ? {} : { namespace: metadata.namespace };
      return rules ? [{ group: drainGroup, rules, ...where }] : [];
    });
}
