import type { PolicyRule } from '../../../sandbox/cluster/authorize.ts';
import { grants } from '../../contract/cluster-port-rights.ts';
import type { Right } from '../arena/target.ts';

/** One verb on one resource that infra/rbac grants. */
export interface Single {
  /** `verb group/resource`; the core group has no name: `get pods`. */
  key: string;
  verb: string;
  group: string;
  resource: string;
  namespace: string | undefined;
}

/** Every single right out of infra/rbac. */
export function granted(): Single[] {
  return grants.flatMap(({ namespace, rules }) =>
    rules.flatMap((rule) => singles(rule).map((single) => ({ ...single, namespace }))),
  );
}

/** All of infra/rbac, but for this one. */
export function allBut(key: string): Right[] {
  return grants.map(({ namespace, rules }) => ({
    ...(namespace !== undefined && { namespace }),
    rules: rules
      .flatMap(singles)
      .filter((single) => single.key !== key)
      .map(({ group, resource, verb }) => ({ apiGroups: [group], resources: [resource], verbs: [verb] })),
  }));
}

function singles({ apiGroups, resources, verbs }: PolicyRule): Omit<Single, 'namespace'>[] {
  return apiGroups.flatMap((group) =>
    resources.flatMap((resource) =>
      verbs.map((verb) => ({ key: keyOf(verb, group, resource), verb, group, resource })),
    ),
  );
}

export function keyOf(verb: string, group: string, resource: string): string {
  return `${verb} ${group === '' ? '' : `${group}/`}${resource}`;
}
