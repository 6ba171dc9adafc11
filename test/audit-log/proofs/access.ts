import type { Done } from '../done.ts';
import { distinct, isOneOf, type Proof, tally, writes } from './proof.ts';

const bySystem = [
  'system:apiserver',
  'system:kube-controller-manager',
  'system:serviceaccount:kube-system:clusterrole-aggregation-controller',
  'system:serviceaccount:kube-system:namespace-controller',
  'eks:addon-manager',
  'eks:cluster-bootstrap',
];
const streams = ['exec', 'attach', 'portforward', 'proxy', 'ephemeralcontainers'];
const isWrite = ({ verb }: Done) => isOneOf(writes, verb);

/** Q20 to Q27: who may do what, and who did what they should not. */
export const accessProofs: Record<string, Proof> = {
  Q20: (done) =>
    done
      .filter(
        (one) => one.resource === 'configmaps' && one.ns === 'kube-system' && one.name === 'aws-auth' && isWrite(one),
      )
      // The body of a creation is not logged.
      .map(({ at, verb, code, who, arn, session, ip, ua, facts }) => ({
        '@timestamp': at,
        verb,
        code,
        who,
        arn,
        session,
        ip,
        ua,
        ...(verb === 'create' || code === 403 ? {} : { mapRoles: facts.mapRoles, mapUsers: facts.mapUsers }),
      })),
  Q22: (done, { role }) =>
    done
      .filter((one) => one.apiGroup === 'rbac.authorization.k8s.io' && isWrite(one) && !bySystem.includes(one.who))
      .map((one) => ({ one, bound: one.code < 400 ? one.facts : {} }))
      .filter(({ one, bound }) => role === undefined || one.name === role || bound.role === role)
      .map(({ one: { at, verb, resource, ns, name, who, arn, code }, bound }) => ({
        '@timestamp': at,
        verb,
        res: resource,
        ns,
        name,
        who,
        arn,
        code,
        role: bound.role,
        sk: bound.subjectKind,
        sn: bound.subjectName,
      })),
  Q23: (done) =>
    done
      .filter(
        ({ resource, sub }) =>
          (resource === 'pods' && isOneOf(streams, sub)) ||
          (isOneOf(['nodes', 'services'], resource) && sub === 'proxy'),
      )
      .map(({ id, resource, sub, ns, name, uri, at, startedAt, who, arn, ip, code }) => ({
        auditID: id,
        res: resource,
        sub,
        ns,
        name,
        container: /[?&]container=([^&]+)/.exec(uri)?.[1],
        start: startedAt ?? at,
        end: at,
        user: who,
        principal: arn,
        address: ip,
        status: code,
        uri,
      })),
  Q24: (done) =>
    tally(
      done.filter(
        ({ who, group, code, uri }) =>
          (who === 'system:anonymous' || group === 'system:unauthenticated' || code === 401) &&
          !/^\/(livez|readyz|healthz|version)/.test(uri),
      ),
      ({ ip, verb, uri, code, ua }) => ({ ip, verb, requestURI: uri, code, ua }),
      ({ last }) => ({ last }),
    ),
  Q25: (done) =>
    tally(
      done.filter(
        ({ resource, verb, who }) =>
          resource === 'secrets' &&
          isOneOf(['get', 'list', 'watch'], verb) &&
          !/^(system:node:|system:apiserver|system:kube-|system:serviceaccount:kube-system:|eks:)/.test(who),
      ),
      ({ who, arn, verb, ns, code }) => ({ who, arn, verb, ns, code }),
      ({ members, last }) => ({ names: distinct(members.map(({ name }) => name)), last }),
    ),
  Q26: (done) =>
    tally(
      done.filter(
        ({ resource, sub, verb, who }) =>
          resource === 'serviceaccounts' &&
          sub === 'token' &&
          verb === 'create' &&
          !/^system:(node:|serviceaccount:kube-system:|kube-controller)/.test(who),
      ),
      ({ who, arn, ns, name, code }) => ({ who, arn, ns, account: name, code }),
      ({ last }) => ({ last }),
    ),
  Q27: (done) =>
    tally(
      done.filter(({ code }) => code === 403),
      ({ who, as, verb, apiGroup, resource, ns, message, annotations }) => ({
        who,
        asUser: as?.user,
        verb,
        g: apiGroup,
        res: resource,
        ns,
        decision: /is forbidden: User "/.test(message ?? '') ? 'forbid' : 'allow',
        reason: annotations['authorization.k8s.io/reason'],
      }),
    ),
};
