import type { NetworkSnapshot } from '../../shared/audit/network/snapshot.ts';
import { plainSnapshot, writeSnapshot } from '../../shared/audit-files/write-snapshot.ts';
import { openLive } from '../output/live.ts';
import { counted, duration } from '../output/words.ts';
import { tell } from '../run-command.ts';
import { explainChoice } from './explain-choice.ts';
import { writeOr } from './named-files.ts';
import { snapshotIn } from './snapshot-in.ts';

export interface LookOptions {
  cluster?: string[];
  vpc?: string[];
  region?: string;
  profile?: string;
  kubernetes: boolean;
  snapshot?: string;
  saveSnapshot?: string;
}

/** From AWS, or as a file has it; either way without what no check looks at. Throws a CommandError, and what AWS clients throw. */
export async function lookAtNetwork(options: LookOptions, signal: AbortSignal): Promise<NetworkSnapshot> {
  const { snapshot, saveSnapshot } = options;
  const seen = snapshot === undefined ? plainSnapshot(await fromAws(options, signal)) : snapshotIn(snapshot, options);
  if (saveSnapshot !== undefined) writeOr(saveSnapshot, writeSnapshot(seen));
  return seen;
}

async function fromAws(options: LookOptions, signal: AbortSignal): Promise<NetworkSnapshot> {
  const { cluster = [], vpc = [], region, profile, kubernetes } = options;
  const { openNetworkSnapshot } = await import('../../shared/adapters/open-network-snapshot.ts');
  // Only a sandbox has an STS of its own.
  const stsEndpoint = process.env.AWS_ENDPOINT_URL_STS ?? process.env.AWS_ENDPOINT_URL;
  const access = { ...(region && { region }), ...(profile && { profile }), ...(stsEndpoint && { stsEndpoint }) };
  const live = openLive(process.stderr);
  const begun = performance.now();
  let count = 0;
  try {
    const snapshot = await openNetworkSnapshot(
      { ...access, kubernetes },
      { clusterNames: cluster, vpcIds: vpc },
      {
        onAnswer: (action, answers) => {
          count = answers;
          live.show([`${'.'.repeat(Math.min(answers, 40)).padEnd(40)} ${counted(answers, 'answer')}  ${action}`]);
        },
      },
      signal,
    );
    live.close();
    tell(readText(snapshot, count, (performance.now() - begun) / 1000));
    return snapshot;
  } catch (error) {
    live.close();
    throw explainChoice(error);
  }
}

function readText({ Clusters, Vpcs, region, denied = [] }: NetworkSnapshot, answers: number, seconds: number): string {
  const where = `${counted(Clusters.length, 'cluster')} in ${Vpcs ? counted(Vpcs.length, 'VPC') : 'VPCs that may not be read'}`;
  const refused = denied.length === 0 ? '' : `, ${counted(denied.length, 'read')} refused`;
  return `looked at ${where} of ${region}: ${counted(answers, 'answer')} of AWS in ${duration(seconds)}${refused}`;
}
