import type { IpPermission, SecurityGroup } from '../ec2-address-shapes.ts';
import { isWithin } from './ipv4-range.ts';

export interface Caller {
  /** The block of the caller's subnet. */
  cidr: string | undefined;
  securityGroups: readonly string[];
}

/**
 * Whether security groups let TCP to a port in from all of a subnet or from one of the caller's own groups; `unknown` where a prefix list
 * may. https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export function admits(groups: readonly SecurityGroup[], port: number, caller: Caller): boolean | 'unknown' {
  const rules = groups.flatMap(({ IpPermissions = [] }) => IpPermissions).filter((rule) => isForPort(rule, port));
  if (rules.some((rule) => isFor(rule, caller))) return true;
  return rules.some(({ PrefixListIds = [] }) => PrefixListIds.length > 0) ? 'unknown' : false;
}

function isForPort({ IpProtocol, FromPort = 0, ToPort = 65535 }: IpPermission, port: number): boolean {
  if (IpProtocol === '-1') return true;
  return (IpProtocol === 'tcp' || IpProtocol === '6') && FromPort <= port && port <= ToPort;
}

function isFor({ IpRanges = [], UserIdGroupPairs = [] }: IpPermission, { cidr, securityGroups }: Caller): boolean {
  return (
    UserIdGroupPairs.some(({ GroupId }) => securityGroups.includes(GroupId ?? '')) ||
    (cidr !== undefined && IpRanges.some(({ CidrIp }) => CidrIp !== undefined && isWithin(cidr, CidrIp)))
  );
}
