import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { Remediation } from '../finding.ts';
import type { Judged } from './check.ts';
import type { ClusterContext } from './context.ts';
import type { RouteTable, Subnet } from './ec2-shapes.ts';
import { type EndpointTrouble, endpointTrouble } from './endpoint-trouble.ts';
import { isShared } from './names.ts';
import { neededServices } from './needed-endpoints.ts';
import type { NodePlace } from './node-places.ts';
import { securityGroupsOf } from './security-groups-of.ts';
import { unread } from './unread.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html';

/** What a subnet without a way to the internet has in its place: endpoints for what nodes call, and the cluster's private one. */
export function judgeWithoutInternet(
  context: ClusterContext,
  { subnet, table, place }: { subnet: Subnet; table: RouteTable; place: NodePlace },
  about: Pick<Judged, 'resource' | 'matter' | 'evidence'>,
  text: string,
): Judged {
  if (isShared(context, subnet)) {
    const { OwnerId } = subnet;
    return {
      ...about,
      status: 'UNKNOWN',
      text: `${text}, and the endpoints of account ${OwnerId}, which shares it, are out of sight`,
    };
  }
  if (!context.vpcEndpoints) {
    const { text: why, missing = [] } = unread(context, about.resource, 'ec2:DescribeVpcEndpoints');
    return { ...about, status: 'UNKNOWN', text: `${text}: ${why}`, missing };
  }
  const securityGroups = securityGroupsOf(context, place);
  const services = neededServices(context).filter(({ use }) => use !== 'no');
  const found = services.flatMap(({ name: service, use }) => {
    const trouble = endpointTrouble(context, { subnet, table, service, securityGroups });
    if (!trouble) return [];
    return use === 'unread' && trouble.status === 'FAIL' ? [{ ...trouble, status: 'WARN' as const }] : [trouble];
  });
  const all = [...found, ...apiServer(context)];
  const evidence = {
    ...about.evidence,
    services: services.map(({ name }) => name),
    lacks: all.map((each) => each.text),
  };
  const status = (['FAIL', 'UNKNOWN', 'WARN'] as const).find((each) => all.some((trouble) => trouble.status === each));
  if (!status) return { ...about, evidence, status: 'PASS', text: `${text}, and endpoints for all that nodes call` };
  const lacks = all.filter((trouble) => trouble.status === status).map((trouble) => trouble.text);
  const missing = [...new Set(all.flatMap((trouble) => trouble.missing ?? []))];
  return {
    ...{ ...about, evidence, status, text: `${text}: ${lacks.join('; ')}` },
    ...(status === 'UNKNOWN' && { missing }),
    ...(status !== 'UNKNOWN' && { remediation: remedy(all) }),
  };
}

function apiServer({ cluster, snapshot }: ClusterContext): EndpointTrouble[] {
  if (cluster.resourcesVpcConfig?.endpointPrivateAccess) return [];
  const command = commandLine(
    ...['aws', 'eks', 'update-cluster-config', '--name', cluster.name],
    ...['--resources-vpc-config', 'endpointPrivateAccess=true', '--region', snapshot.region],
  );
  return [{ service: 'api', status: 'FAIL', text: 'the API server has no private endpoint', command }];
}

/** One after the other; the next runs only if the last one did. */
function remedy(troubles: readonly EndpointTrouble[]): Remediation {
  const commands = [...new Set(troubles.flatMap(({ command }) => command ?? []))];
  return { ...(commands.length > 0 && { command: commands.join(' && ') }), docs };
}
