// The cluster's VPC resolves names and gives its instances names.

import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { Judged, NetworkCheck } from '../network/check.ts';
import { judgeVpc } from '../network/judge-vpc.ts';
import { isShared } from '../network/names.ts';
import { unread } from '../network/unread.ts';

const docs = 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html';
const attributes = [
  { field: 'EnableDnsSupport', name: 'enableDnsSupport', option: '--enable-dns-support' },
  { field: 'EnableDnsHostnames', name: 'enableDnsHostnames', option: '--enable-dns-hostnames' },
] as const;

export const net16: NetworkCheck = {
  id: 'NET-16',
  severity: 'critical',
  title: 'DNS is on in the VPC',
  docs,
  judge: (context) =>
    judgeVpc(context, (vpc, resource) =>
      attributes.map(({ field, name, option }): Judged => {
        const on = vpc[field]?.Value;
        const isPrivate = context.cluster.resourcesVpcConfig?.endpointPrivateAccess;
        if (on === undefined) return { ...unread(context, resource, 'ec2:DescribeVpcAttribute'), matter: name };
        const about = { resource, matter: name, evidence: { [name]: on, endpointPrivateAccess: isPrivate } };
        if (on) return { ...about, status: 'PASS', text: `${name} of ${vpc.VpcId} is on` };
        const command = commandLine(
          ...['aws', 'ec2', 'modify-vpc-attribute', '--vpc-id', vpc.VpcId, option, '{"Value":true}'],
          ...['--region', context.snapshot.region],
        );
        const remediation = { ...(!isShared(context, vpc) && { command }), docs };
        const off = `${name} of ${vpc.VpcId} is off`;
        const text = isPrivate
          ? `${off}: the cluster's private endpoint does not resolve in it`
          : `${off}: nodes may fail to join, and a private endpoint could not be used`;
        const severity = isPrivate ? 'critical' : 'high';
        return { ...about, status: 'FAIL', severity, text, remediation };
      }),
    ),
};
