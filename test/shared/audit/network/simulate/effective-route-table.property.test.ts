import fc from 'fast-check';
import { expect, test } from 'vitest';
import { effectiveRouteTable } from '../../../../../shared/audit/network/simulate/effective-route-table.ts';
import { aSubnet, aTable, vpcId } from '../builders.ts';

const association = fc.record({
  what: fc.constantFrom('main', 'a', 'b', 'edge'),
  State: fc.constantFrom('associated', 'associating', 'disassociating', 'disassociated', 'failed'),
});
const tables = fc
  .array(fc.record({ vpc: fc.constantFrom(vpcId, 'vpc-2'), associations: fc.array(association, { maxLength: 3 }) }), {
    maxLength: 5,
  })
  .map((lines) =>
    lines.map(({ vpc, associations }, at) => {
      const made = associations.map(({ what, State }) => ({
        AssociationState: { State },
        ...(what === 'main'
          ? { Main: true }
          : what === 'edge'
            ? { GatewayId: 'igw-1', SubnetId: 'a', Main: true }
            : { SubnetId: what }),
      }));
      return { ...aTable(`rtb-${at}`, [], ...made), VpcId: vpc };
    }),
  );

test('the effective route table is the own one of the same VPC, else its main one, else none', () => {
  fc.assert(
    fc.property(tables, (all) => {
      const found = effectiveRouteTable(aSubnet('a'), all);
      const has = (what: (each: { SubnetId?: string; Main?: boolean }) => boolean) =>
        all.filter(
          (table) =>
            table.VpcId === vpcId &&
            table.Associations?.some(
              (each) =>
                !each.GatewayId &&
                ['associated', 'associating'].includes(each.AssociationState?.State ?? '') &&
                what(each),
            ),
        );
      const own = has(({ SubnetId }) => SubnetId === 'a');
      const main = has(({ Main }) => Main === true);
      expect(found?.table).toBe(own[0] ?? main[0]);
      if (found) expect(found.implicit).toBe(own.length === 0);
    }),
  );
});
