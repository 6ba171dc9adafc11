import { expect, test } from 'vitest';
import { defaultLaunchPolicy } from '../../../shared/lifecycle/launch.ts';

test('by default a launch waits 15 minutes for node, CNI and kube-proxy, and is let through after three that were abandoned in an hour', () => {
  expect(defaultLaunchPolicy).toEqual({
    deadlineSeconds: 900,
    reserveSeconds: 60,
    requiredDaemonSets: ['kube-system/aws-node', 'kube-system/kube-proxy'],
    joinBeforeWarmPool: false,
    mostAbandoned: 3,
    abandonedWindowSeconds: 3600,
  });
});
