import type { SubnetTagging } from '../../../shared/adapters/subnet-tags.ts';
import { isRefused } from '../../../shared/adapters/subnet-tags.ts';
import type { FixRecord, RecordedChange } from '../../../shared/audit/fix/fix-record.ts';
import type { TagChange } from '../../../shared/audit/fix/tag-change.ts';
import { movedTags, type SubnetTags, stepsOf, type TagStep } from '../../../shared/audit/fix/tag-steps.ts';
import { explainAwsError, type Trouble } from '../../explain-aws-error.ts';

export interface ChangePorts {
  tags: SubnetTagging;
  /** Throws when it cannot, and then nothing more is changed. */
  save: (record: FixRecord) => void;
  /** Told of what was done. */
  tell: (step: TagStep) => void;
  signal: AbortSignal;
}

export interface Carried {
  record: FixRecord;
  /** Why it stopped before its end. */
  trouble?: Trouble;
}

/**
 * Makes the changes of a record, call by call. Each subnet is read again right before it is written to; what is not as it was seen stops all
 * that follows, and so does a call that fails. The record is saved before and after each call. Throws what saving throws.
 */
export async function carryOutChanges(
  planned: FixRecord,
  seen: ReadonlyMap<string, SubnetTags>,
  { tags, save, tell, signal }: ChangePorts,
): Promise<Carried> {
  let record = planned;
  const expected = new Map(seen);
  for (const step of stepsOf<RecordedChange>(planned.changes)) {
    const trouble = await attempt(step);
    if (trouble) return { record, trouble };
    tell(step);
    for (const { subnet, key, after } of step.changes) expected.set(subnet, tagged(expected.get(subnet), key, after));
  }
  return { record };

  async function attempt(step: TagStep<RecordedChange>): Promise<Trouble | undefined> {
    const moved = await trying(async () => {
      const [move] = await movesOf(step, expected, tags, signal);
      if (move === undefined) return undefined;
      return { text: `${move} since it was looked at`, next: 'Run it again: it looks anew.', access: false };
    });
    if (moved) {
      mark(step, { done: false, problem: moved.text });
      return moved;
    }
    mark(step, { done: 'unknown' });
    let refused = true;
    const failed = await trying(async () => {
      try {
        await write(step, tags, signal);
        return undefined;
      } catch (error) {
        refused = isRefused(error);
        throw error;
      }
    });
    mark(step, failed ? { done: refused ? false : 'unknown', problem: failed.text } : { done: true });
    return failed;
  }

  /** An interrupt is told like anything else that went wrong: the record has to be written. */
  async function trying(act: () => Promise<Trouble | undefined>): Promise<Trouble | undefined> {
    try {
      signal.throwIfAborted();
      return await act();
    } catch (error) {
      return explainAwsError(error);
    }
  }

  function mark({ changes }: TagStep, news: Pick<RecordedChange, 'done' | 'problem'>): void {
    const isMeant = (each: TagChange) => changes.some(({ subnet, key }) => subnet === each.subnet && key === each.key);
    record = { ...record, changes: record.changes.map((each) => (isMeant(each) ? { ...each, ...news } : each)) };
    save(record);
  }
}

/** What is not as it should be of the subnets of a step, in words. */
export async function movesOf(
  { changes }: Pick<TagStep, 'changes'>,
  expected: ReadonlyMap<string, SubnetTags>,
  tags: Pick<SubnetTagging, 'read'>,
  signal: AbortSignal,
): Promise<string[]> {
  const ids = [...new Set(changes.map(({ subnet }) => subnet))];
  const now = await tags.read(ids, signal);
  return ids.flatMap((id) => {
    const found = now.get(id);
    if (!found) return [`${id} is not there any more`];
    return movedTags(expected.get(id) ?? {}, found).map((text) => `${id} has changed: ${text}`);
  });
}

export function write({ kind, key, value, changes }: TagStep, tags: SubnetTagging, signal: AbortSignal): Promise<void> {
  const ids = changes.map(({ subnet }) => subnet);
  return kind === 'create' ? tags.create(ids, key, value, signal) : tags.remove(ids, key, value, signal);
}

function tagged(tags: SubnetTags | undefined, key: string, after: string | null): SubnetTags {
  const { [key]: _, ...others } = tags ?? {};
  return after === null ? others : { ...others, [key]: after };
}
