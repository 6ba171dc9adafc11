import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instanceNetwork } from '../../../../../shared/audit/network/simulate/instance-network.ts';
import { podsPerNode } from '../../../../../shared/audit/network/simulate/pods-per-node.ts';
import { warmDemand } from '../../../../../shared/audit/network/simulate/warm-addresses.ts';
import { aType } from '../node-builders.ts';

const sizes: Record<string, readonly [number, number, number, string?]> = {
  'm4.large': [2, 10, 2, 'xen'],
  'm4.xlarge': [4, 15, 4, 'xen'],
  'c5.large': [3, 10, 2],
  'c5.xlarge': [4, 15, 4],
  't3.nano': [2, 2, 2],
  't3.medium': [3, 6, 2],
  'm5.large': [3, 10, 2],
  'm5.24xlarge': [15, 50, 96],
  'p5.48xlarge': [2, 50, 192],
};
const off = { customNetworking: false, prefixDelegation: false };
const custom = { ...off, customNetworking: true };
const prefixes = { ...off, prefixDelegation: true };

function networkOf(name: string) {
  const [interfaces, addresses, vcpus, hypervisor] = sizes[name] ?? [0, 0, 0];
  const network = instanceNetwork(aType(name, [interfaces, addresses, vcpus], hypervisor));
  if (!network) throw new Error(name);
  return network;
}

describe('pods of a node', () => {
  test.each([
    ['m4.large', off, 20],
    ['m4.xlarge', off, 58],
    ['c5.large', off, 29],
    ['c5.xlarge', off, 58],
    ['t3.nano', off, 4],
    ['p5.48xlarge', off, 100],
    ['m5.24xlarge', off, 737],
    ['m5.large', custom, 20],
    ['t3.medium', prefixes, 110],
    ['m5.large', { ...custom, prefixDelegation: true }, 110],
    ['m5.24xlarge', prefixes, 250],
    ['t3.nano', { ...custom, prefixDelegation: true }, 18],
    ['m4.large', prefixes, 20],
  ])('%s %o: %d', (name, modes, pods) => expect(podsPerNode(networkOf(name), modes)).toBe(pods));

  test("the default network card's interfaces count, not all", () => {
    const NetworkCards = [0, 1].map((NetworkCardIndex) => ({ NetworkCardIndex, MaximumNetworkInterfaces: 2 }));
    const type = {
      InstanceType: 'p5',
      NetworkInfo: { MaximumNetworkInterfaces: 64, Ipv4AddressesPerInterface: 50, NetworkCards },
    };
    expect(instanceNetwork(type)?.interfaces).toBe(2);
  });

  test('an answer without the counts is not known', () =>
    expect(instanceNetwork({ InstanceType: 'x' })).toBeUndefined());

  test('bare metal counts as Nitro', () =>
    expect(instanceNetwork({ ...aType('m5.metal', [15, 50, 96], ''), BareMetal: true })?.isNitro).toBe(true));
});

describe('addresses that a node takes before its first pod', () => {
  test.each([
    ['by default, two interfaces full', 'm5.large', off, {}, { addresses: 20, prefixes: 0, nodeAddresses: 0 }],
    ['no warm interface', 'm5.large', off, { warmEni: 0 }, { addresses: 10 }],
    ['more than it has', 'm5.large', off, { warmEni: 9 }, { addresses: 30 }],
    ['a target of addresses', 'm5.large', off, { warmIp: 5 }, { addresses: 6 }],
    ['a minimum above it', 'm5.large', off, { warmIp: 2, minimumIp: 10 }, { addresses: 12, interfaces: 2 }],
    ['targets go before interfaces', 'm5.large', off, { warmIp: 1, warmEni: 3 }, { addresses: 2 }],
    ['one prefix', 'm5.large', prefixes, {}, { addresses: 17, prefixes: 1 }],
    ['a target of 17 takes two', 'm5.large', prefixes, { warmIp: 17 }, { addresses: 33, prefixes: 2 }],
    ['a target of 16 takes one', 'm5.large', prefixes, { warmIp: 16 }, { addresses: 17, prefixes: 1 }],
    ['no prefix without Nitro', 'm4.large', prefixes, {}, { addresses: 20, prefixes: 0 }],
    ['custom networking', 'm5.large', custom, {}, { addresses: 10, nodeAddresses: 1, interfaces: 1 }],
  ] as const)('%s', (_, name, modes, targets, wanted) =>
    expect(warmDemand(networkOf(name), modes, targets)).toMatchObject(wanted),
  );

  const small = fc.integer({ min: 0, max: 400 });
  const option = fc.option(small, { nil: undefined });
  const arbitrary = fc.record({
    network: fc.record({
      interfaces: fc.integer({ min: 1, max: 15 }),
      addressesPerInterface: fc.integer({ min: 2, max: 50 }),
      isNitro: fc.boolean(),
      vcpus: fc.constant(4),
    }),
    modes: fc.record({ customNetworking: fc.boolean(), prefixDelegation: fc.boolean() }),
    targets: fc.record({ warmEni: option, warmIp: option, minimumIp: option, warmPrefix: option }),
  });

  test('never more than the instance can hold, and every interface that is there has an address', () => {
    fc.assert(
      fc.property(arbitrary, ({ network, modes, targets }) => {
        const found = warmDemand(network, modes, targets);
        const slots = network.addressesPerInterface - 1;
        const most = network.interfaces - (modes.customNetworking ? 1 : 0);
        const unit = modes.prefixDelegation && network.isNitro ? 16 : 1;
        expect(found.interfaces).toBeLessThanOrEqual(most);
        expect(found.addresses).toBeLessThanOrEqual(most * (slots * unit + 1));
        expect(found.addresses).toBeGreaterThanOrEqual(found.interfaces + found.prefixes * 16);
      }),
    );
  });

  test('a higher target never takes less', () => {
    fc.assert(
      fc.property(arbitrary, small, ({ network, modes, targets }, more) => {
        const low = warmDemand(network, modes, { ...targets, minimumIp: targets.minimumIp ?? 0 });
        const high = warmDemand(network, modes, { ...targets, minimumIp: (targets.minimumIp ?? 0) + more });
        expect(high.addresses).toBeGreaterThanOrEqual(low.addresses);
      }),
    );
  });
});
