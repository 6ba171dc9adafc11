import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FixPorts } from '../../../cli/audit/fix/fix-ports.ts';
import type { FixOptions } from '../../../cli/audit/fix/fix-request.ts';
import { fixSubnets } from '../../../cli/audit/fix/fix-subnets.ts';
import { undoFix } from '../../../cli/audit/fix/undo-fix.ts';
import { DeniedError } from '../../../shared/adapters/paced-calls.ts';
import type { FixRecord } from '../../../shared/audit/fix/fix-record.ts';
import type { NetworkSnapshot } from '../../../shared/audit/network/snapshot.ts';

export const place = { account: '111122223333', region: 'eu-west-1' };
const options: FixOptions = { kubernetes: true, output: 'table', yes: true };

/** The tags of a snapshot's subnets as EC2 has them, and the two commands upon them in this process. */
export function startFix(snapshot: NetworkSnapshot, caller = place) {
  const file = join(mkdtempSync(join(tmpdir(), 'enl-fix-')), 'record.json');
  const tags = new Map(
    (snapshot.Subnets ?? []).map(({ SubnetId, Tags = [] }) => [
      SubnetId,
      Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    ]),
  );
  const calls: string[] = [];
  const recordsAtCalls: FixRecord[] = [];
  const said: string[] = [];
  const stop = new AbortController();
  /** Called before and after each write, and when somebody is asked. */
  const hooks = { before: (_call: string) => {}, after: (_call: string) => {}, answer: () => false };
  let printed = '';

  const write = async (call: string, ids: readonly string[], change: (own: Record<string, string>) => unknown) => {
    calls.push(call);
    recordsAtCalls.push(readRecord());
    hooks.before(call);
    for (const id of ids) change(tags.get(id) ?? {});
    hooks.after(call);
  };
  const ports: FixPorts = {
    out: (text) => {
      printed += text;
    },
    say: (...lines) => void said.push(...lines),
    confirm: async () => hooks.answer(),
    openTags: async () => ({
      place: async () => caller,
      read: async (ids) => new Map(ids.flatMap((id) => (tags.has(id) ? [[id, { ...tags.get(id) }] as const] : []))),
      create: (ids, key, value) =>
        write(`create ${key}=${value} ${ids}`, ids, (own) => Object.assign(own, { [key]: value })),
      remove: (ids, key, value) =>
        write(`remove ${key}=${value} ${ids}`, ids, (own) => own[key] === value && delete own[key]),
    }),
    now: () => '2026-11-21T09:00:00.000Z',
    onBegun: () => {},
    signal: stop.signal,
  };
  const readRecord = () => JSON.parse(readFileSync(file, 'utf8')) as FixRecord;
  return {
    ...{ file, tags, calls, said, stop, hooks, recordsAtCalls, readRecord },
    printed: () => printed,
    fix: (more: Partial<FixOptions> = {}) =>
      fixSubnets(snapshot, { ...options, fix: true, record: file, ...more }, ports),
    undo: (more: Partial<FixOptions> = {}) => undoFix(file, { ...options, undo: file, ...more }, ports),
    all: () => structuredClone(Object.fromEntries(tags)),
  };
}

export function refusal(right: string): Error {
  return new Error(`writing: UnauthorizedOperation: no`, { cause: new DeniedError(right, { cause: new Error('no') }) });
}
