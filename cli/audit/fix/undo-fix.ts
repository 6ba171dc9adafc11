import type { SubnetTagging } from '../../../shared/adapters/subnet-tags.ts';
import { type FixRecord, type RecordedChange, type Undoing, undoingOf } from '../../../shared/audit/fix/fix-record.ts';
import { type TagChange, takenBack } from '../../../shared/audit/fix/tag-change.ts';
import { stepsOf } from '../../../shared/audit/fix/tag-steps.ts';
import { explainAwsError, type Trouble } from '../../explain-aws-error.ts';
import { counted } from '../../output/words.ts';
import { write } from './carry-out-changes.ts';
import type { FixPorts } from './fix-ports.ts';
import type { FixOptions } from './fix-request.ts';
import { refuseOther } from './fix-subnets.ts';
import { changeLine } from './fix-text.ts';
import { readRecord, saveRecord } from './record-file.ts';

interface Back extends TagChange {
  of: RecordedChange;
}

const whys: Record<Exclude<Undoing, 'take-back'>, string> = {
  'back-already': 'is as it was before',
  'changed-meanwhile': 'has changed meanwhile, and is left',
};

/** Takes back what a record says was done, where the tag still is what was written. The exit code: 0 nothing is left of it, 1 something is. Throws a CommandError, and the signal's reason. */
export async function undoFix(file: string, options: FixOptions, ports: FixPorts): Promise<number> {
  const { out, say, signal } = ports;
  const { dryRun = false, yes = false, output } = options;
  let record = readRecord(file);
  const tags = await ports.openTags();
  refuseOther(record, await tags.place(signal), `the record ${file}`);
  const print = (...lines: string[]) => {
    if (output !== 'json' && lines.length > 0) out(`${lines.join('\n')}\n`);
  };
  const judged = await judge(record.changes, tags, signal);
  const wanted = judged.filter(({ undoing }) => undoing === 'take-back').map(({ change }) => change);
  const left = judged.filter(({ undoing }) => undoing === 'changed-meanwhile');
  print(
    `${counted(wanted.length, 'change')} to take back: subnets of ${record.account} in ${record.region}, changed ${record.at}.`,
    ...wanted.map((each) => changeLine(takenBack(each))),
    ...judged.flatMap(({ change, undoing, now }) =>
      undoing === 'take-back' ? [] : [`  ${change.subnet}  ${change.key} ${whys[undoing]}${nowText(undoing, now)}`],
    ),
  );
  const may =
    wanted.length > 0 &&
    !dryRun &&
    (yes || (await ports.confirm(`Take back ${counted(wanted.length, 'change')}?`, signal)));
  const troubles = may ? await takeBack() : [];
  if (output === 'json') out(`${JSON.stringify({ record, left: left.map(({ change }) => change) }, null, 2)}\n`);
  if (!may && wanted.length > 0) say('nothing was changed');
  if (troubles.length > 0) say(...troubles.flatMap(({ text, next }) => [text, ...(next ? [next] : [])]));
  signal.throwIfAborted();
  return troubles.length > 0 || left.length > 0 ? 1 : 0;

  /** One step that fails does not keep the next from its turn. */
  async function takeBack(): Promise<Trouble[]> {
    ports.onBegun(file);
    const troubles: Trouble[] = [];
    for (const step of stepsOf(wanted.map((of): Back => ({ ...takenBack(of), of })))) {
      try {
        signal.throwIfAborted();
        const again = await judge(
          step.changes.map(({ of }) => of),
          tags,
          signal,
        );
        const still = again.filter(({ undoing }) => undoing === 'take-back').map(({ change }) => change);
        for (const { change, undoing } of again)
          if (undoing !== 'take-back')
            troubles.push({ text: `${change.subnet}  ${change.key} ${whys[undoing]}`, access: false });
        const changes = step.changes.filter(({ of }) => still.includes(of));
        if (changes.length === 0) continue;
        await write({ ...step, changes }, tags, signal);
        record = withUndone(record, still);
        saveRecord(file, record);
        print(...changes.map((each) => `done${changeLine(each)}`));
      } catch (error) {
        if (signal.aborted) break;
        troubles.push(explainAwsError(error));
      }
    }
    return troubles;
  }
}

async function judge(changes: readonly RecordedChange[], tags: Pick<SubnetTagging, 'read'>, signal: AbortSignal) {
  const now = await tags.read([...new Set(changes.map(({ subnet }) => subnet))], signal);
  return changes.flatMap((change) => {
    const found = now.get(change.subnet);
    const value = found && (Object.hasOwn(found, change.key) ? found[change.key] : null);
    const undoing = undoingOf(change, value);
    return undoing ? [{ change, undoing, now: value }] : [];
  });
}

function nowText(undoing: Undoing, now: string | null | undefined): string {
  if (undoing !== 'changed-meanwhile') return '';
  if (now === undefined) return ': there is no such subnet any more';
  return now === null ? ': the tag is gone' : `: it is ${JSON.stringify(now)}`;
}

function withUndone(record: FixRecord, undone: readonly RecordedChange[]): FixRecord {
  const isUndone = (each: RecordedChange) =>
    undone.some(({ subnet, key }) => subnet === each.subnet && key === each.key);
  const changes = record.changes.map((each) => (isUndone(each) ? { ...each, undone: true as const } : each));
  return { ...record, changes };
}
