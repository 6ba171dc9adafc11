import { expect, it } from 'vitest';
import { nodeView } from '../../../shared/adapters/kube-node-view.ts';
import { podView } from '../../../shared/adapters/kube-pod-view.ts';

it('a pod has the addresses of each family, and none before it has any', () => {
  expect(podView({ status: { podIPs: [{ ip: '10.0.1.77' }, { ip: 'fd00::77' }] } }).addresses).toEqual([
    '10.0.1.77',
    'fd00::77',
  ]);
  expect(podView({ status: { podIPs: [] } })).not.toHaveProperty('addresses');
  expect(podView({})).not.toHaveProperty('addresses');
});

it('a node has its addresses inside the VPC', () => {
  const addresses = [
    { type: 'InternalIP', address: '10.0.1.10' },
    { type: 'ExternalIP', address: '203.0.113.7' },
    { type: 'InternalDNS', address: 'ip-10-0-1-10.ec2.internal' },
    { type: 'InternalIP', address: 'fd00::10' },
  ];
  expect(nodeView({ status: { addresses } }).addresses).toEqual(['10.0.1.10', 'fd00::10']);
  expect(nodeView({ status: { addresses: [] } })).not.toHaveProperty('addresses');
});
