import type { NetworkSnapshot } from '../../shared/audit/network/snapshot.ts';
import { readSnapshot, SnapshotError } from '../../shared/audit-files/read-snapshot.ts';
import { CommandError } from '../command-error.ts';
import { instead } from './explain-choice.ts';
import { readOr } from './named-files.ts';

interface Wanted {
  cluster?: string[];
  vpc?: string[];
  region?: string;
}

/** The snapshot of a file, with those of its clusters that are wanted. Throws a CommandError. */
export function snapshotIn(file: string, { cluster = [], vpc = [], region }: Wanted): NetworkSnapshot {
  const snapshot = read(file);
  if (region !== undefined && region !== snapshot.region)
    throw new CommandError(
      `${file} is of ${snapshot.region}, not of ${region}`,
      'Leave --region out, or take another.',
    );
  const names = snapshot.Clusters.map(({ name }) => name);
  const vpcs = [...new Set(snapshot.Clusters.flatMap(({ resourcesVpcConfig }) => resourcesVpcConfig?.vpcId ?? []))];
  refuseUnknown('cluster', cluster, names, file);
  refuseUnknown('VPC of a cluster', vpc, vpcs, file);
  const Clusters = snapshot.Clusters.filter(
    ({ name, resourcesVpcConfig }) =>
      (cluster.length === 0 || cluster.includes(name)) &&
      (vpc.length === 0 || vpc.includes(resourcesVpcConfig?.vpcId ?? '')),
  );
  if (Clusters.length === 0) throw new CommandError(`no cluster of ${file} is wanted`, instead([], names));
  return { ...snapshot, Clusters };
}

function read(file: string): NetworkSnapshot {
  try {
    return readSnapshot(readOr(file), file === '-' ? 'standard input' : file);
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    throw new CommandError(error.message, 'What belongs where: docs/snapshot.md', { cause: error });
  }
}

function refuseUnknown(what: string, asked: readonly string[], known: readonly string[], file: string): void {
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new CommandError(`there is no ${what} ${unknown.join(' or ')} in ${file}`, instead(unknown, known));
}
