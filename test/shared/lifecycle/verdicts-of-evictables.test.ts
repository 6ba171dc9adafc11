import type { PodView } from '../../../shared/lifecycle/pod.ts';
import { minutes, now } from './builders.ts';
import { annotated, both, describeVerdicts } from './verdict-table.ts';

const evictable = both('evict evictable');
const undisturbed = { hook: 'wait do-not-disrupt', manual: 'block do-not-disrupt' };
const unmanaged = { hook: 'evict unmanaged-pod, warned', manual: 'block unmanaged-pod' };
const localData = { hook: 'evict local-data, warned', manual: 'block local-data' };
const localVolume = { hook: 'evict will-stay-pending, warned', manual: 'block will-stay-pending' };
const bounce = both('bounce bounce, warned');

const doNotDisrupt = (value: string) => annotated('karpenter.sh/do-not-disrupt', value);
const safeToEvict = (value: string) => annotated('cluster-autoscaler.kubernetes.io/safe-to-evict', value);
const startedAgo = (milliseconds: number, view: Partial<PodView>) => ({ startedAt: now - milliseconds, ...view });
const settled = (settledAt: number | undefined) => ({ facts: { settledAt } });
const force = { policy: { force: true } };

describeVerdicts([
  ['9: `karpenter.sh/do-not-disrupt` true', undisturbed, doNotDisrupt('true')],
  [
    '9: `do-not-disrupt`, a duration from status.startTime',
    undisturbed,
    startedAgo(90 * minutes - 1, doNotDisrupt('1h30m')),
  ],
  ['9 no longer, once the duration is over', evictable, startedAgo(90 * minutes, doNotDisrupt('1h30m'))],
  [
    '9: `do-not-disrupt`, a duration, before the pod has a startTime',
    undisturbed,
    { startedAt: undefined, ...doNotDisrupt('5m') },
  ],
  ['9 does not mean a duration that is none', evictable, doNotDisrupt('soon')],
  ['9 does not mean `do-not-disrupt: "false"`', evictable, doNotDisrupt('false')],
  ['9: `safe-to-evict: "false"` (T29)', undisturbed, safeToEvict('false')],
  ['9: `safe-to-evict: "false"`, with force', { manual: 'block do-not-disrupt' }, safeToEvict('false'), force],

  ['10: no controller (T10)', unmanaged, { controller: undefined }],
  ['10: no controller, with force (T11)', { manual: 'evict unmanaged-pod, warned' }, { controller: undefined }, force],

  ['11: emptyDir that is not medium Memory', localData, { localDataVolumes: ['scratch'] }],
  ['11: emptyDir, with force only (T12)', { manual: 'block local-data' }, { localDataVolumes: ['scratch'] }, force],
  [
    '11: emptyDir, with deleteEmptyDirData (T13 T18)',
    { manual: 'evict local-data, warned' },
    { localDataVolumes: ['scratch'] },
    { policy: { deleteEmptyDirData: true } },
  ],

  ["12: a PVC bound to a PV with this node's affinity", localVolume, {}, { facts: { localVolume: true } }],
  [
    "12: a PVC bound to a PV with this node's affinity, with force",
    { manual: 'evict will-stay-pending, warned' },
    {},
    { facts: { localVolume: true }, ...force },
  ],

  ['13: everything else (T01 T02)', evictable],
  ['13: `safe-to-evict: "true"` (T29)', evictable, safeToEvict('true')],
  ['13: tolerates the cordon, but was there before it (T35)', evictable, { toleratesUnschedulable: true }],

  ['bounce: created after mark and settle', bounce, { createdAt: now - minutes }, settled(now - minutes)],
  ['13: bound during the settle window', evictable, { createdAt: now - minutes - 1 }, settled(now - minutes)],
  ['13: created before there was a mark', evictable, { createdAt: now - 1 }, settled(undefined)],
]);
