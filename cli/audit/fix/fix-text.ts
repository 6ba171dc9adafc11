import type { FixPlan } from '../../../shared/audit/fix/plan-fix.ts';
import type { BareResult } from '../../../shared/audit/fix/standing.ts';
import type { TagChange } from '../../../shared/audit/fix/tag-change.ts';
import { isShared, subnetName } from '../../../shared/audit/network/names.ts';
import type { NetworkSnapshot } from '../../../shared/audit/network/snapshot.ts';
import { counted } from '../../output/words.ts';

/** The changes and what they are good for, as lines. */
export function planLines({ changes, gone, left }: FixPlan, snapshot: NetworkSnapshot): string[] {
  const place = `subnets of ${snapshot.account} in ${snapshot.region}, seen ${snapshot.takenAt}`;
  const stays =
    left.length === 0
      ? []
      : [
          `${counted(left.length, 'finding')} about tags would stay: no change of tags ends ${left.length === 1 ? 'it' : 'them'} and makes nothing else worse.`,
          ...left.map(findingLine),
        ];
  if (changes.length === 0) return [`No change of tags would repair anything: ${place}.`, ...stays];
  return [
    `${counted(changes.length, 'change')} of tags: ${place}.`,
    ...changes.map((change) => changeLine(change, snapshot)),
    `${counted(gone.length, 'finding')} would go, and nothing would get worse for any cluster:`,
    ...gone.map(findingLine),
    ...stays,
  ];
}

/** `+` added, `~` changed, `-` taken away. */
export function changeLine({ subnet, key, before, after }: TagChange, snapshot?: NetworkSnapshot): string {
  const found = snapshot?.Subnets?.find(({ SubnetId }) => SubnetId === subnet);
  const shared =
    snapshot && found && isShared({ snapshot }, found)
      ? `  (shared by ${found.OwnerId}: a tag that this account alone sees)`
      : '';
  const name = found ? subnetName(found) : subnet;
  const tag = JSON.stringify(key);
  const plain = /^[\w./:-]+$/.test(key) ? key : tag;
  if (after === null) return `  - ${name}  ${plain}=${JSON.stringify(before)}${shared}`;
  if (before === null) return `  + ${name}  ${plain}=${JSON.stringify(after)}${shared}`;
  return `  ~ ${name}  ${plain}=${JSON.stringify(before)} -> ${JSON.stringify(after)}${shared}`;
}

function findingLine({ id, cluster, reason }: BareResult): string {
  return `  ${id}  ${cluster}: ${reason}`;
}
