import type { Done } from '../done.ts';
import { dash, distinct, isOneOf, type Proof, tally } from './proof.ts';

const onNode = ({ resource, sub }: Done) => resource === 'nodes' && sub === undefined;
const isManager = ({ who, ua }: Done) =>
  ['eks:node-manager', 'system:serviceaccount:kube-system:karpenter'].includes(who) ||
  ua.includes('vpcLambda') ||
  ua.startsWith('eks-node-lifecycle');
const managed = (one: Done) =>
  isManager(one) && isOneOf(['nodes', 'pods'], one.resource) && !isOneOf(['get', 'list', 'watch'], one.verb);
const classic =
  (resource: string): Proof =>
  (done) =>
    done
      .filter((one) => one.ua.includes('vpcLambda') && one.resource === resource && !['get', 'list'].includes(one.verb))
      .map(({ at, line }) => ({ '@timestamp': at, '@message': line }));
const spelled = (value: boolean | string | null | undefined) =>
  typeof value === 'boolean' ? Number(value) : (value ?? 'null');

/** Q01 to Q13 without those of evictions: nodes and who manages them. */
export const nodeProofs: Record<string, Proof> = {
  Q01: (done) =>
    done
      .filter(
        ({ resource, verb, who, sub }) =>
          resource === 'nodes' &&
          isOneOf(['create', 'update', 'patch', 'delete'], verb) &&
          !(who.startsWith('system:node:') && verb === 'patch' && sub === 'status'),
      )
      .map(({ at, verb, sub, who, ua, code, facts }) => ({
        '@timestamp': at,
        verb,
        sub: dash(sub),
        who,
        ua,
        code,
        unsched: typeof facts.unschedulable === 'boolean' ? Number(facts.unschedulable) : '-',
        excludeLB: facts.excludeLB,
      })),
  Q02: classic('nodes'),
  Q03: classic('pods'),
  Q04: (done) =>
    done.filter(managed).map(({ at, who, ua, verb, resource, sub, ns, name, code, facts, id }) => ({
      '@timestamp': at,
      who,
      ua,
      verb,
      resource,
      sub: dash(sub),
      ns,
      name,
      code,
      pdb: facts.cause,
      auditID: id,
    })),
  Q08: (done, { node }) =>
    done
      .filter(({ resource, sub, facts }) => resource === 'pods' && sub === 'binding' && facts.target === node)
      .map(({ at, ns, name, code }) => ({ '@timestamp': at, ns, pod: name, node, code })),
  Q09: (done) =>
    done
      .filter((one) => onNode(one) && isOneOf(['patch', 'update'], one.verb) && one.facts.unschedulable !== undefined)
      .map(({ at, name, facts, who, ua, code }) => ({
        '@timestamp': at,
        node: name,
        unsched: spelled(facts.unschedulable),
        who,
        ua,
        code,
      })),
  Q10: (done) =>
    done
      .filter((one) => onNode(one) && isOneOf(['patch', 'update'], one.verb) && one.facts.taints !== undefined)
      .map(({ at, name, facts, who, ua, code }) => ({
        '@timestamp': at,
        node: name,
        taints: JSON.stringify(facts.taints),
        who,
        ua,
        code,
      })),
  Q11: (done) =>
    tally(
      done.filter(
        ({ resource, verb, code }) =>
          resource === 'nodes' && isOneOf(['create', 'delete', 'deletecollection'], verb) && code < 300,
      ),
      ({ verb, name, who, ua }) => ({ verb, node: name, who, ua }),
      ({ first, last }) => ({ first, last }),
    ),
  Q13: (done) =>
    tally(
      done.filter(managed),
      ({ who, resource, sub, verb, code }) => ({ who, resource, sub: dash(sub), verb, code }),
      ({ members }) => ({ objects: distinct(members.map(({ name }) => name)) }),
      'calls',
    ),
};
