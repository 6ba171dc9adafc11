import { adapted, scenario } from '../scenario.ts';

/** When a pod counts as gone, and when it is no longer waited for. */
export const waiting = [
  scenario('T70', 'The drain waits until each pod is really gone.'),
  scenario('T71', 'A pod of the same name with another UID is not the one that is waited for.'),
  adapted(
    'T73',
    'A pod that never goes away ends the drain at its deadline, told by name; for a hook it is deleted before that.',
  ),
  adapted('T74', 'A tick that is stopped from outside ends at once, and the next one goes on where it was.'),
  adapted('T75', 'A pod that is terminating for more than a minute past its time is neither evicted nor waited for.'),
  scenario('T76', 'A pod is stuck a minute past its own grace, however long that is, and not before.'),
  adapted(
    'T77',
    'On a node whose kubelet has been silent for five minutes, terminating pods and volumes are not waited for.',
  ),
  scenario('T78', 'With one of two pods gone the drain is not over; with the second it is.'),
  scenario('T79', 'Pods of the same name in two namespaces are told apart.'),
  scenario('T80', 'When the instance is gone already, terminating pods are not waited for; while it runs, they are.'),
];
