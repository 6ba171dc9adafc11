import { type AuditReport, auditReport } from '../../../shared/audit/audit-report.ts';
import type { MappedSubnet } from '../../../shared/audit/vpc-map.ts';
import { checkOf, resultFor, run, subnetArn } from './builders.ts';

const waived = { by: 'net-team', reason: 'until the move', expires: '2026-12-31' };
const command = 'aws ec2 create-tags --resources subnet-1 --tags Key=kubernetes.io/role/elb,Value=1';
const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html';

export const routes = ['public', 'nat', 'transit', 'isolated', 'unknown'] as const;

function subnetOf(i: number): MappedSubnet {
  const route = routes[i % routes.length] ?? 'unknown';
  return {
    ...{ id: `subnet-${i}`, arn: subnetArn(String(i)), name: `${route}-${i}` },
    ...{ zone: `eu-west-1${'abc'[i % 3]}`, zoneId: `euw1-az${(i % 3) + 1}` },
    ...{ cidrs: [`10.0.${i}.0/24`], route, way: `rtb-${i}: 0.0.0.0/0 through ${route}`, free: i * 40, shared: i === 4 },
    tags: { Name: `${route}-${i}`, 'kubernetes.io/role/elb': 'yes' },
    uses: i % 2 === 0 ? ['nodes of demo'] : [],
  };
}

/** A report with one of everything. */
export function exampleReport(changes: Partial<AuditReport> = {}): AuditReport {
  const results = [
    resultFor({
      evidence: { tag: 'yes', routes: ['0.0.0.0/0 igw-1'] },
      remediation: { command, docs },
      since: run.startedAt,
    }),
    resultFor({
      severity: 'critical',
      id: 'NET-15',
      resource: subnetArn('2'),
      remediation: { command: `${command} # 2` },
    }),
    resultFor({ status: 'WARN', severity: 'medium', matter: 'internal-elb', remediation: { docs } }),
    resultFor({ status: 'UNKNOWN', id: 'NET-01', resource: 'arn:aws:eks:eu-west-1:123456789012:cluster/demo' }),
    resultFor({ status: 'PASS', resource: subnetArn('3') }),
    resultFor({ status: 'NOT_APPLICABLE', id: 'NET-22', resource: 'demo', cluster: '' }),
    resultFor({ status: 'FAIL', severity: 'low', resource: subnetArn('4'), waived }),
  ];
  const checks = ['NET-01', 'NET-05', 'NET-15', 'NET-22'].map((id) =>
    checkOf({ id, docs: `https://example.com/${id}` }),
  );
  const report = auditReport({
    ...{ run, checks, results },
    denied: [{ action: 'ec2:DescribeRouteTables', about: 'vpc-1', message: 'not authorized' }],
    leftAlone: [{ cluster: 'demo', resource: 'batch', code: 'opted-out', text: 'tagged so' }],
    unseen: [resultFor({ id: 'NET-01', resource: subnetArn('9'), since: run.startedAt })],
    networks: [
      {
        ...{ id: 'vpc-1', name: 'main', cidrs: ['10.0.0.0/16'], clusters: ['demo'] },
        subnets: Array.from({ length: 8 }, (_, i) => subnetOf(i)),
      },
    ],
  });
  return { ...report, ...changes };
}
