// An internal load balancer that names no subnets finds enough of them.
import type { NetworkCheck } from '../network/check.ts';
import { discoveryDocs } from '../network/discovery-remedy.ts';
import { judgeDiscovery } from '../network/judge-discovery.ts';

export const net07: NetworkCheck = {
  id: 'NET-07',
  severity: 'high',
  title: 'Subnets for internal load balancers are found',
  docs: discoveryDocs,
  judge: (context) => judgeDiscovery(context, 'internal'),
};
