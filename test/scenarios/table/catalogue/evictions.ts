import { adapted, scenario } from '../scenario.ts';

/** What the eviction API answers, and what a drain makes of it. */
export const evictions = [
  scenario('T40', 'A pod without a budget is evicted, and its DisruptionTarget condition says by what.'),
  scenario(
    'T41',
    'An exhausted budget refuses without Retry-After; the pod stays as it is and goes when the budget has room.',
  ),
  scenario('T42', 'A budget with room for one is spent by one eviction, by the name of the pod.'),
  scenario('T43', 'A budget that is not processed yet refuses with Retry-After, which is kept.'),
  scenario('T44', 'Two budgets for one pod: an error that names neither; we name both, and the other pods go on.'),
  scenario('T45', 'A pending pod is evicted past an exhausted budget.'),
  adapted('T46', 'A succeeded pod could be evicted past any budget; a drain leaves it as it is.'),
  adapted('T47', 'A failed pod could be evicted past any budget; a drain leaves it as it is.'),
  scenario('T48', 'Evicting a pod that is terminating changes nothing, or shortens its grace.'),
  scenario('T49', 'A pod that is not ready goes past a budget that has its healthy pods.'),
  scenario(
    'T50',
    'A pod that is not ready is held by a budget that lacks healthy pods, unless its policy is AlwaysAllow.',
  ),
  scenario('T51', 'A budget with an empty selector holds every pod of its namespace.'),
  scenario('T52', 'A budget that failed to sync refuses, and its own words are handed on.'),
  scenario(
    'T53',
    'A pod with another UID is not touched: that ours is gone is seen by looking, not by the answer 409.',
  ),
  scenario('T55', 'A pod that is gone counts as done.'),
  scenario(
    'T56',
    'In a namespace that is going, the pod is looked at each time: gone is done, terminating is waited for.',
  ),
  adapted('T57', 'A missing right is told with verb and resource, others go on, and it is tried again each minute.'),
  scenario('T59', 'A timeout with Retry-After and a conflict about the budget are tried again until the pod goes.'),
  scenario('T60', 'Ten evictions at once under a budget that allows ten are all accepted.'),
  scenario('T62', 'An overloaded API server is not taken for a budget, and its Retry-After is kept.'),
  scenario('T64', 'The grace of an eviction is what was asked for: the pod’s own, another one, or none at all.'),
  adapted(
    'T65',
    'Deletes never replace evictions: a pod is deleted only after a refused eviction past its force moment.',
  ),
  scenario('T66', 'One eviction that fails is told by the name of its pod, and all others are evicted.'),
];
