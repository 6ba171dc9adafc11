import type { FixRecord } from '../../../shared/audit/fix/fix-record.ts';
import { planFix } from '../../../shared/audit/fix/plan-fix.ts';
import type { BareResult } from '../../../shared/audit/fix/standing.ts';
import { unseenClusters } from '../../../shared/audit/fix/unseen-clusters.ts';
import type { NetworkSnapshot } from '../../../shared/audit/network/snapshot.ts';
import { CommandError } from '../../command-error.ts';
import { counted, someOf } from '../../output/words.ts';
import { carryOutChanges, movesOf } from './carry-out-changes.ts';
import type { FixPorts } from './fix-ports.ts';
import type { FixOptions } from './fix-request.ts';
import { changeLine, planLines } from './fix-text.ts';
import { beginRecord, saveRecord } from './record-file.ts';

/** Shows the changes, and makes them if it may. The exit code: 0 done, nothing to do or not wanted, 1 not done to the end. Throws a CommandError, and the signal's reason. */
export async function fixSubnets(snapshot: NetworkSnapshot, options: FixOptions, ports: FixPorts): Promise<number> {
  const { out, say, signal } = ports;
  const { dryRun = false, yes = false, output, vpc = [] } = options;
  const json = output === 'json';
  refuseUnseen(unseenClusters(snapshot, { wholeVpcs: vpc.length > 0 && options.snapshot === undefined }), dryRun, say);
  const plan = planFix(snapshot);
  const { account, region, takenAt } = snapshot;
  const print = (record?: FixRecord) => {
    const [gone, left] = [plan.gone.map(findingOf), plan.left.map(findingOf)];
    if (json)
      out(`${JSON.stringify({ account, region, takenAt, changes: plan.changes, gone, left, record }, null, 2)}\n`);
  };
  if (!json) out(`${planLines(plan, snapshot).join('\n')}\n`);
  const count = counted(plan.changes.length, 'change');
  if (plan.changes.length === 0 || dryRun || !(yes || (await ports.confirm(`Make ${count}?`, signal)))) {
    print();
    if (plan.changes.length > 0) say('nothing was changed');
    return 0;
  }

  const tags = await ports.openTags();
  refuseOther({ account, region }, await tags.place(signal), 'what was looked at');
  const seen = new Map(
    (snapshot.Subnets ?? []).map(({ SubnetId, Tags = [] }) => [
      SubnetId,
      Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    ]),
  );
  const [moved] = await movesOf(plan, seen, tags, signal);
  if (moved) throw new CommandError(`${moved}; nothing was changed`, 'Run it again: it looks anew.');

  const at = ports.now();
  const file = options.record ?? `enl-fix-${account}-${region}-${at.replaceAll(/[-:]|\.\d+/g, '')}.json`;
  const changes = plan.changes.map((change) => ({ ...change, done: false }));
  const planned: FixRecord = { version: 1, kind: 'subnet-tag-fix', account, region, at, takenAt, changes };
  beginRecord(file, planned);
  ports.onBegun(file);
  const { record, trouble } = await carryOutChanges(planned, seen, {
    tags,
    save: (each) => saveRecord(file, each),
    tell: (step) => json || out(`${step.changes.map((each) => `done${changeLine(each, snapshot)}`).join('\n')}\n`),
    signal,
  });
  print(record);
  const done = record.changes.filter((each) => each.done === true).length;
  const doubtful = record.changes.filter((each) => each.done === 'unknown').length;
  const doubt = doubtful > 0 ? `, ${doubtful} may have been made` : '';
  say(
    ...(trouble && !signal.aborted ? [trouble.text, ...(trouble.next ? [trouble.next] : [])] : []),
    `${done} of ${count} made${doubt}; to take back what was done: enl audit subnets --undo ${file} --region ${region}`,
  );
  signal.throwIfAborted();
  return trouble ? 1 : 0;
}

function findingOf({ id, status, cluster, resource, matter, reason }: BareResult) {
  return { id, status, cluster, resource, matter, reason };
}

function refuseUnseen(unseen: readonly string[] | undefined, dryRun: boolean, say: FixPorts['say']): void {
  if (unseen?.length === 0) return;
  const what = unseen
    ? `${someOf(unseen, 8)} could not be looked at, and may be in the same VPC`
    : 'which clusters there are could not be read: others may be in the same VPC';
  if (!dryRun)
    throw new CommandError(`${what}; nothing was changed`, 'Look with the right to list and describe all clusters.');
  say(`${what}: what would become of their load balancers is not known`);
}

/** Throws a CommandError. */
export function refuseOther(
  of: { account: string; region: string },
  caller: { account: string; region: string },
  what: string,
): void {
  if (of.account === caller.account && of.region === caller.region) return;
  throw new CommandError(
    `${what} is of account ${of.account} in ${of.region}, and the credentials are of ${caller.account} in ${caller.region}`,
    'Nothing was changed. See --profile and --region.',
  );
}
