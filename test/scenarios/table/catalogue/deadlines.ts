import { adapted, scenario } from '../scenario.ts';

/** Who goes first, and what happens when time runs out. */
export const deadlines = [
  adapted('T90', 'Pods go in tiers: ordinary, cluster-critical, node-critical; DaemonSets are in none of them.'),
  adapted('T91', 'The order that a pod asks for decides, lowest first; its priority number does not.'),
  adapted('T92', 'A tier that is empty is not waited for.'),
  scenario('T93', 'Only the lowest order is evicted; the others are told to go later.'),
  adapted('T94', 'A pod that asks not to be disrupted is waited for until its force moment, and then goes.'),
  adapted('T95', 'A pod is deleted only past its force moment, with its UID and no more grace than is left.'),
  adapted('T97', 'A pod that is terminating with more grace than is left is evicted again, with what is left.'),
  scenario('T99', 'A pod that its budget still holds past its force moment is deleted, and that is said.'),
  adapted('T100', 'Of two deadlines the sooner one counts; of what an event noted on the node, what stands there now.'),
  scenario('T101', 'A pod that is gone when it is to be deleted past its budget counts as done.'),
  scenario('T102', 'A delete past a budget that fails is told by the name of its pod, and the others go.'),
  adapted('T103', 'Pods of DaemonSets go last if the policy says so, and their errors do not hold the drain.'),
];
