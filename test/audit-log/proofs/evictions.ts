import { dash, isEviction, type Proof, tally } from './proof.ts';

const needs = /The disruption budget (\S+) needs (\d+) healthy pods and has (\d+) currently/;
const followers =
  /^system:(node:|serviceaccount:kube-system:(replicaset|daemon-set|job|statefulset|deployment|namespace|generic-garbage|pod-garbage|ttl))/;

/** Q05 to Q07 and Q12: how pods went. */
export const evictionProofs: Record<string, Proof> = {
  Q05: (done) =>
    done.filter(isEviction).map(({ at, ns, name, who, ua, code, message, facts }) => ({
      '@timestamp': at,
      ns,
      pod: name,
      who,
      ua,
      code,
      msg: message,
      cause: facts.cause,
    })),
  Q06: (done) =>
    tally(
      done.filter((one) => isEviction(one) && [429, 500].includes(one.code)),
      ({ ns, name, who, facts, message }) => {
        const [, budget, need, have] = needs.exec(facts.cause ?? '') ?? [];
        const [, webhook] = /failed calling webhook "(.+?)"/.exec(message ?? '') ?? [];
        const several = message?.includes('more than one PodDisruptionBudget')
          ? 'more than one PodDisruptionBudget'
          : undefined;
        return {
          ns,
          pod: name,
          budget: budget ?? several ?? (webhook ? `webhook "${webhook}"` : 'none: throttled'),
          need: dash(need),
          have: dash(have),
          who,
        };
      },
      ({ first, last }) => ({ first, last }),
      'refused',
    ),
  Q07: (done) =>
    tally(
      done.filter(isEviction),
      ({ ns, name, who }) => ({ ns, pod: name, who }),
      ({ members, first, last, latest }) => ({
        worst: Math.max(...members.map(({ code }) => code)),
        final: latest.code,
        firstTry: first,
        lastTry: last,
      }),
      'tries',
    ),
  Q12: (done) =>
    tally(
      done.filter(
        ({ resource, sub, verb, code, who }) =>
          resource === 'pods' && sub === undefined && verb.startsWith('delete') && code < 300 && !followers.test(who),
      ),
      ({ who, ua, ns }) => ({ who, ua, ns }),
    ),
};
