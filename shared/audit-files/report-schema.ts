import * as z from 'zod';
import type { AuditReport } from '../audit/audit-report.ts';
import { severities, statuses } from '../audit/finding.ts';
import { routeKinds } from '../audit/vpc-map.ts';

const severity = z.enum(severities).describe('How bad it is at worst.');
const instant = z.iso.datetime();
const texts = z.array(z.string());
const count = z.int().min(0);

const waived = z
  .object({ by: z.string(), reason: z.string(), expires: z.iso.date() })
  .describe('Who says that it may stay, why, and the last day on which that counts.');

const result = z
  .object({
    id: z.string().describe('The check, for example NET-05.'),
    status: z.enum(statuses),
    severity,
    cluster: z.string().describe('Empty where it concerns none.'),
    resource: z.string().describe('An ARN, or the name of what has none that is known.'),
    matter: z.string().exactOptional().describe('Tells apart what the check says twice of one resource.'),
    reason: z.string().describe('One line.'),
    evidence: z.record(z.string(), z.unknown()).describe('What was seen: ids, tags, routes.'),
    remediation: z.object({ command: z.string().exactOptional(), docs: z.string().exactOptional() }).exactOptional(),
    fingerprint: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('SHA-256 of check|account|region|cluster|resource|matter: the same in every run.'),
    since: instant.exactOptional().describe('When the run began that found it first.'),
    waived: waived.exactOptional(),
  })
  .meta({ id: 'result' });

const subnet = z.object({
  ...{ id: z.string(), arn: z.string(), name: z.string().exactOptional() },
  ...{ zone: z.string(), zoneId: z.string().exactOptional(), cidrs: texts },
  route: z.enum(routeKinds).describe('Where its default route leads.'),
  ...{ way: z.string(), free: count.exactOptional(), shared: z.boolean() },
  ...{ tags: z.record(z.string(), z.string()), uses: texts },
});

/** A report of an audit. `version` changes when a field goes or means something else; fields may be added without. */
export const reportSchema: z.ZodType<AuditReport> = z.object({
  version: z.literal(2),
  run: z.object({
    audit: z.string().describe('For example subnet-audit.'),
    ...{ account: z.string(), region: z.string(), partition: z.string(), clusters: texts },
    allClusters: z.boolean().describe('These are all clusters of the region.'),
    startedAt: instant,
    complete: z.boolean().describe('Nothing is unknown.'),
  }),
  counts: z
    .object({ FAIL: count, WARN: count, UNKNOWN: count, PASS: count, NOT_APPLICABLE: count, waived: count })
    .describe('By status without what is waived, which is counted by itself.'),
  checks: z.array(z.object({ id: z.string(), severity, title: z.string(), docs: z.string() })),
  results: z.array(result).describe('What needs somebody comes first.'),
  denied: z
    .array(z.object({ action: z.string(), about: z.string(), message: z.string() }))
    .describe('What the audit would have had to read and could not, each action once.'),
  leftAlone: z.array(z.object({ cluster: z.string(), resource: z.string(), code: z.string(), text: z.string() })),
  unseen: z.array(result).describe('Wrong in an earlier run, and out of the sight of this one.'),
  networks: z
    .array(
      z.object({
        ...{ id: z.string(), name: z.string().exactOptional(), cidrs: texts, clusters: texts },
        subnets: z.array(subnet),
      }),
    )
    .exactOptional(),
});

/** The schema in JSON Schema 2020-12, as docs/report.schema.json has it. */
export function reportJsonSchema(): string {
  const schema = z.toJSONSchema(reportSchema, { io: 'input' });
  return `${JSON.stringify({ title: 'Report of an audit of eks-node-lifecycle', ...schema }, null, 2)}\n`;
}
