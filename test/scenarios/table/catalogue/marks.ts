import { adapted, scenario } from '../scenario.ts';

/** What a drain does to the node itself, and the volumes that it waits for. */
export const marks = [
  adapted(
    'T110',
    'Before the first eviction the node is cordoned and labelled out of its load balancers, in one patch.',
  ),
  scenario('T111', 'A node that changes under the patch is read again, and the marks of others are kept.'),
  adapted(
    'T112',
    'Of two nodes that go together both are marked before an eviction on either: each lets its cordon settle.',
  ),
  adapted(
    'T113',
    'On a node that cannot be marked nothing is evicted, and that is told; other nodes are drained meanwhile.',
  ),
  scenario('T114', 'The hook is completed only after the volumes of the node are detached.'),
  scenario('T115', 'The volumes of pods that stay, and attachments without a volume, are not waited for.'),
  adapted('T116', 'A volume that is still attached when its time is up is told, and the hook is completed.'),
  scenario('T117', 'A volume that only the status of the node names is waited for, too.'),
  adapted(
    'T118',
    'When the instance is in service again, our marks are taken back and others kept; one that must go stays cordoned.',
  ),
  scenario('T119', 'Pods that are still there are told by cause: five causes at most, three names each, and a count.'),
];
