import { commandLine } from '../../lifecycle/shell-quote.ts';
import type { ClusterContext } from './context.ts';
import type { NetworkAcl } from './ec2-address-shapes.ts';
import type { AclFlow } from './simulate/acl-allows.ts';

/** An entry for each flow, all before the first that the ACL has for that direction; undefined where no numbers are left there. https://docs.aws.amazon.com/cli/latest/reference/ec2/create-network-acl-entry.html */
export function allowEntry(
  { snapshot }: ClusterContext,
  { NetworkAclId, Entries = [] }: NetworkAcl,
  flows: readonly AclFlow[],
): string | undefined {
  const numbers = { in: 0, out: 0 };
  const first = (egress: boolean) =>
    Math.min(
      32767,
      ...Entries.filter(({ Egress = false }) => Egress === egress).map(({ RuleNumber = 1 }) => RuleNumber),
    );
  const distinct = [...new Map(flows.map((flow) => [wordsOf(flow).join(' '), flow])).values()];
  const commands = distinct.map((flow) => {
    numbers[flow.egress ? 'out' : 'in'] += 1;
    const number = numbers[flow.egress ? 'out' : 'in'];
    return commandLine(
      ...['aws', 'ec2', 'create-network-acl-entry', '--network-acl-id', NetworkAclId, '--rule-number', String(number)],
      ...[...wordsOf(flow), '--rule-action', 'allow', '--region', snapshot.region],
    );
  });
  const isFree = numbers.in < first(false) && numbers.out < first(true);
  return isFree ? commands.join(' && ') : undefined;
}

function wordsOf({ egress, protocol, ports: [from, to], peer }: AclFlow): string[] {
  const ports = ['--port-range', `From=${from},To=${to}`];
  return [egress ? '--egress' : '--ingress', '--protocol', protocol, ...ports, '--cidr-block', peer];
}
