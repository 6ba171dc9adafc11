import { existsSync, readFileSync } from 'node:fs';
import { loadAllYaml } from '@kubernetes/client-node/dist/yaml.js';
import type { Grant, PolicyRule } from '../cluster/authorize.ts';

export const drainGroup = 'eks-node-lifecycle';
export const launchGroup = 'eks-node-lifecycle-launch';
export const planGroup = 'eks-node-lifecycle-plan';

const files: Readonly<Record<string, string>> = {
  'cluster-role.yaml': drainGroup,
  'leases.yaml': drainGroup,
  'launch-role.yaml': launchGroup,
  'plan-role.yaml': planGroup,
};

/** What infra/rbac gives to the groups, and nothing more: a right that is missing there shows here. */
export function clusterRights(): Grant[] {
  return Object.entries(files).flatMap(([file, group]) => {
    const path = new URL(`../../infra/rbac/${file}`, import.meta.url);
    if (!existsSync(path)) return [];
    return loadAllYaml(readFileSync(path, 'utf8')).flatMap(
      ({ rules, metadata }: { rules?: PolicyRule[]; metadata?: { namespace?: string } }) => {
        const where = metadata?.namespace === undefined ? {} : { namespace: metadata.namespace };
        return rules ? [{ group, rules, ...where }] : [];
      },
    );
  });
}
