import type { Done } from '../done.ts';
import { dash, isOneOf, type Proof, tally, writes } from './proof.ts';

const isWrite = ({ verb }: Done) => isOneOf(writes, verb);

const destructive = [
  'namespaces',
  'persistentvolumeclaims',
  'persistentvolumes',
  'customresourcedefinitions',
  'storageclasses',
  'statefulsets',
  'priorityclasses',
];
const cleaners =
  /^system:serviceaccount:kube-system:(generic-garbage-collector|namespace-controller|persistent-volume-binder|pvc-protection-controller|pv-protection-controller|statefulset-controller)/;

/** Q28, Q29 and Q54 to Q58: what is destructive or odd. */
export const oddityProofs: Record<string, Proof> = {
  Q28: (done) =>
    done
      .filter(
        ({ resource, verb, code, who }) =>
          isOneOf(destructive, resource) && verb.startsWith('delete') && code < 300 && !cleaners.test(who),
      )
      .map(({ at, resource, ns, name, verb, who, arn, ua, code }) => ({
        '@timestamp': at,
        res: resource,
        ns,
        name,
        verb,
        who,
        arn,
        ua,
        code,
      })),
  Q29: (done) =>
    done
      .filter((one) => one.ns === 'kube-system' && isWrite(one) && !/^(system:|eks:)/.test(one.who))
      .map(({ at, verb, resource, sub, name, who, arn, ip, ua, code }) => ({
        '@timestamp': at,
        verb,
        res: resource,
        sub: dash(sub),
        name,
        who,
        arn,
        ip,
        ua,
        code,
      })),
  Q54: (done) =>
    tally(
      done.filter(({ facts, sub }) => facts.sysctl && sub === 'status'),
      ({ ns, name, who }) => ({ ns, workload: name?.replace(/-\w{10}-\w{5}$/, ''), who }),
      ({ last }) => ({ last }),
    ),
  Q55: (done) =>
    tally(
      done.filter(({ code }) => code === 409),
      ({ who, ua, verb, resource, sub, facts }) => ({
        who,
        ua,
        verb,
        res: resource,
        sub: dash(sub),
        reason: dash(facts.reason),
      }),
      ({ first, last }) => ({ first, last }),
    ),
  Q56: (done) =>
    done
      .filter((one) => one.resource === 'certificatesigningrequests' && isWrite(one))
      .map(({ at, verb, sub, name, who, arn, facts, code }) => ({
        '@timestamp': at,
        verb,
        sub: dash(sub),
        name,
        who,
        arn,
        signer: facts.signer,
        requester: facts.requester,
        condition: sub === 'approval' ? facts.condition : undefined,
        code,
      })),
  Q57: (done) =>
    tally(
      done.filter(({ as }) => as !== undefined),
      ({ who, arn, as, verb, resource, ns, code }) => ({
        who,
        arn,
        asUser: as?.user,
        asGroup: as?.group ?? 'system:authenticated',
        verb,
        res: resource,
        ns,
        code,
      }),
      ({ first, last }) => ({ first, last }),
    ),
  Q58: (done) =>
    tally(
      done.filter(
        ({ resource, sub, verb, code, facts }) =>
          resource === 'pods' &&
          sub === undefined &&
          verb === 'create' &&
          code < 300 &&
          (facts.privileged || facts.hostPath),
      ),
      ({ ns, who, facts }) => ({
        ns,
        who,
        privileged: facts.privileged ? 'true' : undefined,
        hostPath: facts.hostPath,
      }),
      ({ last, latest }) => ({ last, sample: latest.name }),
    ),
};
