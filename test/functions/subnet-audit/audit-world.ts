import { auditSubnets, type SubnetAuditPorts } from '../../../functions/subnet-audit/audit-subnets.ts';
import type { NotImported } from '../../../shared/adapters/security-hub.ts';
import type { AuditReport } from '../../../shared/audit/audit-report.ts';
import type { AsffFinding } from '../../../shared/audit/render/asff.ts';
import type { AuditNews } from '../../../shared/audit/render/changes-text.ts';
import { aSnapshot, type SnapshotLines } from '../../shared/audit/network/builders.ts';

const never = new AbortController().signal;
const day = 86_400_000;

/** A public subnet that is tagged for no balancer to find. */
export const wrongTag = { via: 'igw', tags: { 'kubernetes.io/role/elb': 'yes' } } as const;
export const rightTag = { via: 'igw', tags: { 'kubernetes.io/role/elb': '1' } } as const;

/** The audit of one cluster, a run a day, and all that it wrote; `given` is what it sees. */
export function createWorld({ subnets = { a: wrongTag }, ...lines }: SnapshotLines = {}) {
  const told: AuditNews[] = [];
  const written: { level: string; message: string; fields: Record<string, unknown> }[] = [];
  const metrics: { name: string; value: number; dimensions: Record<string, string> | undefined }[] = [];
  const kept: { report: AuditReport; page: string }[] = [];
  const remembered = new Map<string, string>();
  const imported: AsffFinding[][] = [];
  const line =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      void written.push({ level, message, fields });
  const world = {
    ...{ told, written, metrics, kept, remembered, imported },
    given: { subnets, ...lines } as SnapshotLines,
    now: Date.UTC(2026, 2, 1, 8),
    /** What Security Hub does not take. */
    refusing: (_batch: readonly AsffFinding[]): NotImported[] => [],
    ports: {} as SubnetAuditPorts,
    async audit() {
      const output = await auditSubnets({ clusterNames: [] }, world.ports, never);
      world.now += day;
      return output;
    },
    metric: (name: string) => metrics.filter((each) => each.name === name),
    finding: (id: string) => kept.at(-1)?.report.results.filter((each) => each.id === id && each.status === 'FAIL'),
  };
  world.ports = {
    takeSnapshot: async () => aSnapshot(world.given),
    waivers: async () => undefined,
    history: {
      recall: async (name) => remembered.get(name),
      keep: async (report, page) => `s3://bucket/${kept.push({ report, page })}.json`,
      remember: async (name, report) => void remembered.set(name, JSON.stringify(report)),
    },
    news: [{ name: 'a topic', tell: async (news) => void told.push(news) }],
    securityHub: {
      importFindings: async (batch) => {
        imported.push([...batch]);
        return world.refusing(batch);
      },
    },
    clock: { now: () => world.now, sleep: async () => {} },
    log: { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') },
    metrics: {
      add: (name, _unit, value, dimensions?: Record<string, string>) => void metrics.push({ name, value, dimensions }),
    },
  };
  return world;
}
