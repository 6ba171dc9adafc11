import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discoveryRules, possibleRules } from '../../../../../shared/audit/network/simulate/discovery-rules.ts';
import { atLeast, parseVersion, type Version } from '../../../../../shared/audit/network/simulate/versions.ts';

describe('rules by version', () => {
  test.each<[Version, keyof ReturnType<typeof discoveryRules>, unknown]>([
    [[2, 1, 1], 'ownTagRequired', true],
    [[2, 1, 2], 'ownTagRequired', false],
    [[2, 12, 0], 'fallsBackOnRoutes', false],
    [[2, 12, 1], 'fallsBackOnRoutes', true],
    [[2, 13, 0], 'fallsBackOnRoutes', true],
    [[3, 0, 0], 'fallsBackOnRoutes', true],
    [[3, 4, 99], 'minds6', false],
    [[3, 5, 0], 'minds6', true],
    [[4, 0, 0], 'minds6', true],
    [[2, 4, 99], 'words', 'discover'],
    [[2, 5, 0], 'words', 'match'],
    [[2, 12, 1], 'words', 'evaluated'],
  ])('%j: %s is %j', (version, rule, value) => {
    expect(discoveryRules(version)[rule]).toBe(value);
  });

  test('the gate of cluster tags counts since 2.4.2, the others by their defaults', () => {
    const off = { SubnetsClusterTagCheck: false, SubnetDiscoveryByReachability: false, ALBSingleSubnet: true };
    expect(discoveryRules([2, 4, 1], off).passesOverOthers).toBe(true);
    expect(discoveryRules([2, 4, 2], off)).toMatchObject({ passesOverOthers: false, albSingleSubnet: true });
    expect(discoveryRules([2, 12, 1], off).fallsBackOnRoutes).toBe(false);
    expect(discoveryRules([2, 4, 2])).toMatchObject({ passesOverOthers: true, albSingleSubnet: false });
  });

  test('one version has one set of rules, and an unknown one has all that it may have', () => {
    const controller = {
      kind: 'load-balancer-controller',
      image: 'x',
      gates: { ALBSingleSubnet: true },
      clusterName: undefined,
    } as const;
    expect(possibleRules({ ...controller, version: [2, 8, 0] }, '1.34')).toEqual([
      discoveryRules([2, 8, 0], controller.gates),
    ]);
    const unknown = possibleRules({ ...controller, version: undefined }, '1.34');
    expect(unknown.every(({ albSingleSubnet }) => albSingleSubnet)).toBe(true);
    expect(new Set(unknown.map(({ fallsBackOnRoutes }) => fallsBackOnRoutes))).toEqual(new Set([true, false]));
  });

  test.each([
    ['1.21', true],
    ['1.22', false],
    ['1.34', false],
    [undefined, true],
  ])('on Kubernetes %s a controller from before 2.4.0 may run: %s', (kubernetes, may) => {
    expect(possibleRules('unread', kubernetes).some(({ ownTagRequired }) => ownTagRequired)).toBe(may);
  });
});

describe('versions', () => {
  const part = fc.nat({ max: 40 });
  const version = fc.tuple(part, part, part);

  test('they are compared part by part', () => {
    const asNumber = ([a, b, c]: Version) => a * 1e6 + b * 1e3 + c;
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(atLeast(a, b)).toBe(asNumber(a) >= asNumber(b));
      }),
    );
  });

  test('they are read back from their tags', () => {
    fc.assert(
      fc.property(version, fc.constantFrom('', '-eksbuild.1', '-rc2'), (parts, more) => {
        expect(parseVersion(`v${parts.join('.')}${more}`)).toEqual(parts);
      }),
    );
  });
});
