import { takeNetworkSnapshot } from '../../shared/adapters/network-snapshot.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { networkReport } from '../../shared/audit/network-report.ts';
import { hashing } from '../../shared/audit-files/sha256.ts';
import { plainSnapshot } from '../../shared/audit-files/write-snapshot.ts';
import { bigAws } from './big-aws.ts';
import { bigNetwork, fiftyVpcs } from './big-network.ts';

export interface SubnetAuditFigures {
  calls: number;
  /** What the calls may be: pages, and two for each VPC. */
  allowed: number;
  evaluationSeconds: number;
  megabytes: number;
  results: number;
}

// In a process of its own, since it is the process's memory that is measured.
const network = bigNetwork(fiftyVpcs);
const { clients, calls, pages } = bigAws(network);
const ports = { ...clients, region: 'eu-west-1', clock: realClock, random: Math.random };
const wishes = { clusterNames: [], vpcIds: [] };
const taken = await takeNetworkSnapshot(wishes, ports, new AbortController().signal);
const before = process.cpuUsage();
const report = networkReport(plainSnapshot(taken), { startedAt: taken.takenAt }, hashing);
const { user, system } = process.cpuUsage(before);
const vpcs = taken.Vpcs?.length ?? 0;
const figures: SubnetAuditFigures = {
  ...{ calls: calls.length, allowed: pages() + 2 * vpcs, evaluationSeconds: (user + system) / 1e6 },
  ...{ megabytes: process.resourceUsage().maxRSS / 1024, results: report.results.length },
};
process.stdout.write(JSON.stringify(figures));
