import type { Subnet } from '../ec2-shapes.ts';
import type { AclFlow } from './acl-allows.ts';

/** A flow that a subnet's network ACL has to let through, and what it is. */
export interface ClusterFlow extends AclFlow {
  text: string;
}

interface Exchange {
  /** From `client` to `server`, and the answers back. */
  service: string;
  protocol: 'tcp' | 'udp';
  port: number;
}

/** Where a Linux client listens for answers, at the least: those who deny more of the ports below often mean it. https://docs.kernel.org/networking/ip-sysctl.html */
const ephemeral = [32768, 60999] as const;
const api: Exchange = { service: 'API server', protocol: 'tcp', port: 443 };
const kubelet: Exchange = { service: 'kubelet', protocol: 'tcp', port: 10250 };
const dns = (['tcp', 'udp'] as const).map((protocol): Exchange => ({ service: 'DNS', protocol, port: 53 }));

/** What crosses the subnet's border: within a subnet no ACL is asked. https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html */
export function flowsOf(
  subnet: Subnet,
  { ofCluster, ofNodes }: { ofCluster: readonly Subnet[]; ofNodes: readonly Subnet[] },
): ClusterFlow[] {
  const isNodes = ofNodes.includes(subnet);
  const isCluster = ofCluster.includes(subnet);
  const except = (others: readonly Subnet[]) => others.filter((other) => other !== subnet);
  return [
    ...(isNodes ? except(ofCluster).flatMap((peer) => [...asClient(api, peer), ...asServer(kubelet, peer)]) : []),
    ...(isCluster ? except(ofNodes).flatMap((peer) => [...asServer(api, peer), ...asClient(kubelet, peer)]) : []),
    ...(isNodes
      ? except(ofNodes).flatMap((peer) => dns.flatMap((each) => [...asClient(each, peer), ...asServer(each, peer)]))
      : []),
  ];
}

function asClient(exchange: Exchange, peer: Subnet): ClusterFlow[] {
  return [asks(exchange, peer, true), answers(exchange, peer, false)].flat();
}

function asServer(exchange: Exchange, peer: Subnet): ClusterFlow[] {
  return [asks(exchange, peer, false), answers(exchange, peer, true)].flat();
}

function asks({ service, protocol, port }: Exchange, { CidrBlock: peer, SubnetId }: Subnet, egress: boolean) {
  if (peer === undefined) return [];
  const text = `${protocol} ${port} (${service}) ${egress ? 'to' : 'from'} ${SubnetId}`;
  return [{ egress, protocol, ports: [port, port] as const, peer, text }];
}

function answers({ service, protocol }: Exchange, { CidrBlock: peer, SubnetId }: Subnet, egress: boolean) {
  if (peer === undefined) return [];
  const text = `${protocol} ${ephemeral.join('-')} (answers of the ${service}) ${egress ? 'to' : 'from'} ${SubnetId}`;
  return [{ egress, protocol, ports: ephemeral, peer, text }];
}
