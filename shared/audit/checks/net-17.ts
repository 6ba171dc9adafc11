// The VPC's DHCP options name Amazon's resolver and the region's own domain.
import type { Judged, NetworkCheck } from '../network/check.ts';
import type { ClusterContext } from '../network/context.ts';
import { dhcpDocs, dhcpRemedy, dhcpValues, ownResolver, regionDomain } from '../network/dhcp-remedy.ts';
import type { DhcpOptions, Vpc } from '../network/ec2-shapes.ts';
import { judgeVpc } from '../network/judge-vpc.ts';
import { ipv4Address, ipv4Range } from '../network/simulate/ipv4-range.ts';
import { unread } from '../network/unread.ts';

export const net17: NetworkCheck = {
  id: 'NET-17',
  severity: 'high',
  title: 'DHCP options suit the cluster',
  docs: dhcpDocs,
  judge: (context) =>
    judgeVpc(context, (vpc, resource) => {
      const { DhcpOptionsId: id } = vpc;
      const evidence = { dhcpOptions: id };
      if (id === undefined) return [unread(context, resource, 'ec2:DescribeVpcs')];
      if (id === 'default') {
        const text = `${vpc.VpcId} has no DHCP options: its instances are told of no resolver`;
        return [{ status: 'FAIL', resource, matter: 'options', text, evidence, remediation: dhcpRemedy(context, vpc) }];
      }
      const options = context.snapshot.DhcpOptions?.find(({ DhcpOptionsId }) => DhcpOptionsId === id);
      if (!options) return [{ ...unread(context, resource, 'ec2:DescribeDhcpOptions'), matter: 'options' }];
      const remediation = dhcpRemedy(context, vpc, options);
      const judged = [servers(context, vpc, options), domain(context, options)];
      return judged.map((each) => ({
        ...{ resource, ...each, evidence: { ...evidence, ...each.evidence } },
        ...(each.status !== 'PASS' && { remediation }),
      }));
    }),
};

type Part = Omit<Judged, 'resource'>;

function servers({ cluster }: ClusterContext, vpc: Vpc, options: DhcpOptions): Part {
  const named = dhcpValues(options, 'domain-name-servers') ?? [];
  const about = { matter: 'domain-name-servers', evidence: { domainNameServers: named } };
  const list = named.join(', ');
  if (named.some((server) => server.toLowerCase() === ownResolver.toLowerCase()))
    return { ...about, status: 'PASS', text: `${ownResolver} is among the name servers: ${list}` };
  if (named.length === 0)
    return { ...about, status: 'FAIL', text: 'the DHCP options name no resolver, so instances are told of none' };
  const own = resolverAddresses(vpc);
  if (named.some((server) => own.includes(server))) {
    const text = `the name servers are ${list}: the VPC's resolver by its address, where EKS asks for ${ownResolver}`;
    return { ...about, status: 'WARN', text };
  }
  const doubt = `${ownResolver} is not among the name servers ${list}`;
  if (cluster.resourcesVpcConfig?.endpointPrivateAccess) {
    const text = `${doubt}: the private endpoint resolves only if they forward to the VPC's resolver`;
    return { ...about, status: 'FAIL', text };
  }
  return { ...about, status: 'WARN', text: `${doubt}: verify that they forward to the VPC's resolver` };
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html */
function resolverAddresses({ CidrBlock }: Vpc): string[] {
  const linkLocal = ['169.254.169.253', 'fd00:ec2::253'];
  if (CidrBlock === undefined) return linkLocal;
  return [...linkLocal, ipv4Address(ipv4Range(CidrBlock)[0] + 2)];
}

function domain({ snapshot, kubernetes }: ClusterContext, options: DhcpOptions): Part {
  const right = regionDomain(snapshot.region);
  const names = (dhcpValues(options, 'domain-name') ?? [])
    .flatMap((value) => value.split(/[\s,]+/))
    .map((name) => name.toLowerCase().replace(/\.$/, ''))
    .filter((name) => name !== '');
  const about = { matter: 'domain-name', evidence: { domainNames: names, expected: right } };
  const list = names.join(' ');
  if (names.length === 0)
    return { ...about, status: 'WARN', text: `the DHCP options name no domain: EKS asks for ${right}` };
  const elsewhere = names.find(
    (name) => name !== right && /^(ec2\.internal|[a-z0-9-]+\.compute\.internal)$/.test(name),
  );
  if (elsewhere !== undefined)
    return { ...about, status: 'FAIL', text: `the domain name ${elsewhere} is another region's: here it is ${right}` };
  if (names.length > 1) {
    const text = `the DHCP options name several domains (${list}), which Linux takes for one with spaces in it`;
    return { ...about, status: 'WARN', text };
  }
  if (names[0] === right) return { ...about, status: 'PASS', text: `the domain name is ${right}` };
  const nodes = (kubernetes.nodes?.items ?? []).map(({ metadata }) => metadata.name);
  const lost = nodes.find((name) => name.endsWith(`.${names[0]}`));
  if (lost !== undefined) {
    const text = `nodes are named by the custom domain ${list}, for example ${lost}: only a private zone of your own could resolve that`;
    return { ...about, status: 'FAIL', text };
  }
  return { ...about, status: 'WARN', text: `the domain name ${list} is a custom one, where EKS asks for ${right}` };
}
