import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { ClusterContext } from './context.ts';
import type { Subnet } from './ec2-shapes.ts';
import { templatesOf, templateVersion } from './launch-templates.ts';
import { isShared } from './names.ts';
import type { NodePlace } from './node-places.ts';

/** Whether a new instance of a place gets a public IPv4 address in a subnet, and what says so. */
export interface PublicAddress {
  given: 'yes' | 'no' | 'unknown';
  by: string;
  missing?: string;
  /** It is the subnet alone that does not give one. */
  bySubnet?: true;
}

/** What a launch template says goes before the subnet's attribute. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html */
export function publicAddress({ snapshot }: ClusterContext, place: NodePlace, subnet: Subnet): PublicAddress {
  if (place.kind === 'fargate') return { given: 'no', by: 'Fargate pods have private addresses only' };
  if (place.kind === 'pods') return { given: 'no', by: "pods' addresses are private" };
  const templates = templatesOf(place).map((template) => ({ template, version: templateVersion(snapshot, template) }));
  const said = templates.map(
    ({ version }) =>
      version?.LaunchTemplateData?.NetworkInterfaces?.find(({ DeviceIndex = 0 }) => DeviceIndex === 0)
        ?.AssociatePublicIpAddress,
  );
  const names = templates.map(({ template }) => template.LaunchTemplateName ?? template.LaunchTemplateId).join(', ');
  if (said.includes(false)) return { given: 'no', by: `AssociatePublicIpAddress is false in ${names}` };
  if (said.length > 0 && said.every((each) => each === true))
    return { given: 'yes', by: `AssociatePublicIpAddress is true in ${names}` };
  if (templates.some(({ version }) => version === undefined))
    return { given: 'unknown', by: `${names} was not read`, missing: 'ec2:DescribeLaunchTemplateVersions' };
  if (place.group?.LaunchConfigurationName !== undefined)
    return { given: 'unknown', by: `the launch configuration ${place.group.LaunchConfigurationName} was not read` };
  if (subnet.MapPublicIpOnLaunch) return { given: 'yes', by: 'MapPublicIpOnLaunch is true' };
  if (subnet.MapPublicIpOnLaunch === undefined)
    return { given: 'unknown', by: 'MapPublicIpOnLaunch was not read', missing: 'ec2:DescribeSubnets' };
  if (place.kind === 'nodes') return { given: 'unknown', by: 'what launches these nodes was not read' };
  const silent = templates.length > 0 ? `, and ${names} does not ask for one` : '';
  return { given: 'no', by: `MapPublicIpOnLaunch is false${silent}`, bySubnet: true };
}

/** The subnet's attribute, where that is what counts and it is this account's to change. https://docs.aws.amazon.com/cli/latest/reference/ec2/modify-subnet-attribute.html */
export function publicAddressCommand(
  context: ClusterContext,
  subnet: Subnet,
  { bySubnet }: PublicAddress,
): { command?: string } {
  if (!bySubnet || isShared(context, subnet)) return {};
  const words = ['--subnet-id', subnet.SubnetId, '--map-public-ip-on-launch', '--region', context.snapshot.region];
  return { command: commandLine('aws', 'ec2', 'modify-subnet-attribute', ...words) };
}
