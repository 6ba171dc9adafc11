// An internet-facing load balancer that names no subnets finds enough of them.
import type { NetworkCheck } from '../network/check.ts';
import { discoveryDocs } from '../network/discovery-remedy.ts';
import { judgeDiscovery } from '../network/judge-discovery.ts';

export const net06: NetworkCheck = {
  id: 'NET-06',
  severity: 'high',
  title: 'Subnets for internet-facing load balancers are found',
  docs: discoveryDocs,
  judge: (context) => judgeDiscovery(context, 'internet-facing'),
};
