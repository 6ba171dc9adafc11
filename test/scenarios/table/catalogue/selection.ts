import { adapted, scenario } from '../scenario.ts';

/** Which pods of a node go, stay, wait, or stop a drain that someone asked for. */
export const selection = [
  scenario('T01', 'A pod of a ReplicationController is evicted once, from a cordoned node.'),
  scenario('T02', 'A pod of a ReplicaSet is evicted once, from a cordoned node.'),
  adapted('T03', 'A pod of a DaemonSet stops no drain, not even one by hand that asks for nothing special.'),
  scenario('T04', 'A pod of a DaemonSet is left alone, and that is told.'),
  scenario('T05', 'A pod of a DaemonSet with an emptyDir is left alone, and the DaemonSet is the reason that is told.'),
  adapted('T06', 'A finished pod of a DaemonSet holds nothing up; it is left as it is.'),
  scenario(
    'T07',
    'A pod whose DaemonSet is gone stops a drain by hand; with force, or for a hook, it is evicted with a warning.',
  ),
  adapted(
    'T08',
    'A pod that has lost its DaemonSet and has an emptyDir needs leave for both by hand; a hook evicts it, with one warning.',
  ),
  adapted('T09', 'A DaemonSet that cannot be asked for is taken to exist: its pod stays and the drain goes on.'),
  scenario('T10', 'A pod without a controller stops a drain by hand before anything is evicted.'),
  scenario('T11', 'A pod without a controller is evicted with force, or for a hook, with a warning.'),
  scenario('T12', 'A pod with an emptyDir stops a drain by hand, with force too.'),
  scenario('T13', 'A pod with an emptyDir is evicted when its data may be deleted, or for a hook.'),
  adapted('T14', 'An emptyDir in memory is no data to lose: the pod is evicted.'),
  adapted('T15', 'A hostPath volume holds nothing up: the pod is evicted.'),
  adapted('T16', 'A failed pod with an emptyDir holds nothing up; it is left as it is.'),
  adapted('T17', 'A succeeded pod of a Job with an emptyDir holds nothing up; it is left as it is.'),
  scenario('T18', 'A running pod of a Job with an emptyDir is evicted when its data may be deleted, or for a hook.'),
  scenario('T19', 'A mirror pod is left alone.'),
  scenario('T20', 'A pod that its Node owns is left alone, without the mirror annotation, too.'),
  scenario('T21', 'One pod that stops a drain by hand keeps all others from being evicted.'),
  scenario('T22', 'An empty node is marked and the drain is over.'),
  adapted('T23', 'A drain takes a whole node: it lists by the name of the node and has no selector for pods.'),
  scenario('T24', 'Long lists are read page by page, and no pod of a later page is forgotten.'),
  adapted('T25', 'A dry run of an eviction or a delete answers as the real one would and changes nothing.'),
  adapted(
    'T26',
    'A node that is cordoned already gets our other marks and is drained; its cordon is not ours to take back.',
  ),
  adapted('T27', 'Without a Node there is nothing to drain: after a second look the hook is completed.'),
  adapted(
    'T29',
    'With safe-to-evict, false asks to be left alone and on-completion to finish first; true changes nothing.',
  ),
  adapted('T30', 'The namespace kube-system holds nothing up: its pods go like others, within their budgets.'),
  adapted(
    'T31',
    'What safe-to-evict-local-volumes says is not read: data in an emptyDir needs leave by hand, and none for a hook.',
  ),
  scenario(
    'T32',
    'A pod labelled to be skipped is left alone; one labelled to complete is waited for and not evicted.',
  ),
  adapted(
    'T33',
    'A wish that cannot be read is none: the pod is evicted, and an order that is no number is the default.',
  ),
  adapted('T34', 'A pod that tolerates the cordon is evicted once; what comes back after it is left alone, and told.'),
  scenario('T35', 'A pod that was there before the cordon is evicted even if it tolerates the taint of the cordon.'),
];
