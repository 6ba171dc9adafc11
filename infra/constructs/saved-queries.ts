import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Aws } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type QueriedLogs, savedQueries } from '../observability/queries.ts';
import type { Audits } from './audits.ts';
import type { NodeLifecycle } from './node-lifecycle.ts';

export interface SavedQueriesProps {
  lifecycle: Pick<NodeLifecycle, 'intake' | 'places'>;
  audits?: Audits | undefined;
}

/** Queries of Logs Insights, in a folder of their own with the name of the stack. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, { lifecycle, audits }: SavedQueriesProps) {
    super(scope, id);
    const { intake, places } = lifecycle;
    const drains = places.map(({ drain }) => drain.tick.logGroup);
    const launches = places.map(({ launch }) => launch.tick.logGroup);
    const manual = places.map((place) => place.manual.function.logGroup);
    const taken = [intake.function.logGroup];
    const audited = audits?.all.map((audit) => audit.function.logGroup) ?? [];
    const logs: Record<QueriedLogs, ILogGroup[]> = {
      drains,
      launches,
      manual,
      intake: taken,
      audits: audited,
      logAudit:
        audits?.all.flatMap(({ service, function: { logGroup } }) => (service === 'audit-log' ? [logGroup] : [])) ?? [],
      all: [...taken, ...drains, ...launches, ...manual, ...audited],
    };
    for (const { name, lines, ...query } of savedQueries.filter((each) => logs[each.logs].length > 0)) {
      new CfnQueryDefinition(this, name.replace(/[^A-Za-z]/g, ''), {
        name: `${Aws.STACK_NAME}/${name}`,
        queryString: lines.join('\n| '),
        logGroupNames: logs[query.logs].map(({ logGroupName }) => logGroupName),
      });
    }
  }
}
