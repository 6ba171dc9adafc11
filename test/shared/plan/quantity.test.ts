import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { podRequests } from '../../../shared/plan/pod-requests.ts';
import { parseQuantity } from '../../../shared/plan/quantity.ts';
import { readResources } from '../../../shared/plan/resources.ts';

describe('a quantity', () => {
  it.each([
    ['100m', 1000, 100],
    ['1', 1000, 1000],
    ['1.5', 1000, 1500],
    ['.5', 1000, 500],
    ['5.', 1, 5],
    ['0.1m', 1000, 1],
    ['1n', 1000, 1],
    ['250u', 1000, 1],
    ['1.5Gi', 1, 1_610_612_736],
    ['1Ki', 1, 1024],
    ['129M', 1, 129_000_000],
    ['129e6', 1, 129_000_000],
    ['12E', 1, 12e18],
    ['1E3', 1, 1000],
    ['123e-1', 1, 13],
    ['+3k', 1, 3000],
    ['-1.5', 1, -1],
    [7, 1, 7],
  ])('%s times %i is %i, rounded up', (text, scale, amount) => {
    expect(parseQuantity(text, scale)).toBe(amount);
  });

  it.each(['', 'm', '1.2.3', '1 Gi', '1gi', '0x10', '1e', '--1', '1e99', 'NaN'])('%j is none', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  it('means the same however it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (whole) => {
        expect(parseQuantity(`${whole}k`)).toBe(whole * 1000);
        expect(parseQuantity(`${whole}e3`)).toBe(whole * 1000);
        expect(parseQuantity(`${whole}000`)).toBe(whole * 1000);
        expect(parseQuantity(`${whole}Ki`)).toBe(whole * 1024);
        expect(parseQuantity(`${whole}m`, 1000)).toBe(whole);
        expect(parseQuantity(`${whole}m`)).toBe(Math.ceil(whole / 1000));
        expect(parseQuantity(`${whole / 8}`)).toBe(Math.ceil(whole / 8));
      }),
    );
  });

  it('that cannot be read is left out of what a node has', () => {
    expect(readResources({ cpu: '2', memory: 'much', 'nvidia.com/gpu': '1' })).toEqual({
      cpu: 2000,
      'nvidia.com/gpu': 1,
    });
  });
});

describe('what a pod takes', () => {
  const none = { initContainers: [], containers: [], overhead: {}, podLevel: {} };
  const init = (cpu: number, sidecar = false) => ({ requests: { cpu }, sidecar });

  it.each([
    ['its containers together', { containers: [{ cpu: 100 }, { cpu: 200, memory: 5 }] }, { cpu: 300, memory: 5 }],
    [
      'its largest init container where that is more',
      { initContainers: [init(400), init(50)], containers: [{ cpu: 100 }] },
      { cpu: 400 },
    ],
    [
      'its sidecars beside its containers',
      { initContainers: [init(50, true), init(20, true)], containers: [{ cpu: 100 }] },
      { cpu: 170 },
    ],
    [
      'an init container beside the sidecars before it',
      { initContainers: [init(50, true), init(400), init(60, true)], containers: [{ cpu: 100 }] },
      { cpu: 450 },
    ],
    [
      'what its runtime adds',
      { containers: [{ cpu: 100 }], overhead: { cpu: 30, memory: 9 } },
      { cpu: 130, memory: 9 },
    ],
    [
      'what it asks for as a whole, where it does',
      { containers: [{ cpu: 100, memory: 7 }], podLevel: { cpu: 250 }, overhead: { cpu: 1 } },
      { cpu: 251, memory: 7 },
    ],
  ])('is %s', (_, parts, requests) => {
    expect(podRequests({ ...none, ...parts })).toEqual({ ...requests, pods: 1 });
  });
});
