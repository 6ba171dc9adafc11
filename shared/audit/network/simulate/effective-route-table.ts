import type { RouteTable, RouteTableAssociation, Subnet } from '../ec2-shapes.ts';

/** `implicit`: the subnet has no association of its own and follows its VPC's main table. */
export interface EffectiveTable {
  table: RouteTable;
  implicit: boolean;
}

/**
 * The table that routes what leaves a subnet; undefined when none is to be seen. Edge associations, which route what comes in through a
 * gateway, do not count, nor do those that are gone or failed. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
 */
export function effectiveRouteTable(
  { SubnetId, VpcId }: Subnet,
  tables: readonly RouteTable[],
): EffectiveTable | undefined {
  const ofVpc = tables.filter((table) => table.VpcId === VpcId);
  const withOne = (counts: (association: RouteTableAssociation) => boolean) =>
    ofVpc.find(({ Associations = [] }) => Associations.some((each) => inForce(each) && counts(each)));
  const own = withOne((association) => association.SubnetId === SubnetId);
  if (own) return { table: own, implicit: false };
  const main = withOne(({ Main }) => Main === true);
  return main && { table: main, implicit: true };
}

function inForce({ GatewayId, AssociationState }: RouteTableAssociation): boolean {
  const state = AssociationState?.State;
  return GatewayId === undefined && (state === undefined || state === 'associated' || state === 'associating');
}
