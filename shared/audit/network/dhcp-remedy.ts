import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { Remediation } from '../finding.ts';
import type { ClusterContext } from './context.ts';
import type { DhcpOptions, Vpc } from './ec2-shapes.ts';

export const dhcpDocs = 'https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html';
export const ownResolver = 'AmazonProvidedDNS';

/** What EC2 puts behind instances' names there. */
export function regionDomain(region: string): string {
  return region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
}

/** The values of one option; undefined where it is not set. */
export function dhcpValues({ DhcpConfigurations = [] }: DhcpOptions, key: string): string[] | undefined {
  const found = DhcpConfigurations.find(({ Key }) => Key === key);
  return found && (found.Values ?? []).flatMap(({ Value }) => (Value === undefined ? [] : [Value]));
}

/** A new option set with the region's own names and what else the old one had, since a set cannot be changed; and the VPC put to it. */
export function dhcpRemedy({ snapshot }: ClusterContext, { VpcId, OwnerId }: Vpc, old?: DhcpOptions): Remediation {
  if (OwnerId !== undefined && OwnerId !== snapshot.account) return { docs: dhcpDocs };
  const { region } = snapshot;
  const kept = (old?.DhcpConfigurations ?? []).flatMap(({ Key, Values = [] }) =>
    Key === undefined || Key === 'domain-name' || Key === 'domain-name-servers'
      ? []
      : [`Key=${Key},Values=${Values.map(({ Value }) => Value).join(',')}`],
  );
  const wanted = [`Key=domain-name,Values=${regionDomain(region)}`, `Key=domain-name-servers,Values=${ownResolver}`];
  const create = commandLine(
    ...['aws', 'ec2', 'create-dhcp-options', '--dhcp-configurations', ...wanted, ...kept],
    ...['--query', 'DhcpOptions.DhcpOptionsId', '--output', 'text', '--region', region],
  );
  const rest = commandLine('--vpc-id', VpcId, '--region', region);
  const command = `aws ec2 associate-dhcp-options --dhcp-options-id "$(${create})" ${rest}`;
  return { command, docs: dhcpDocs };
}
