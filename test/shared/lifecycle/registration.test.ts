import { describe, expect, it } from 'vitest';
import {
  isControllersOwn,
  isInstanceHeld,
  isTargetHeld,
  registrationText,
  staysWithPod,
} from '../../../shared/lifecycle/registration.ts';

describe('a target', () => {
  it.each([
    ['initial', true],
    ['healthy', true],
    ['unhealthy', false],
    ['unhealthy.draining', true],
    ['draining', true],
    ['unused', false],
    ['unavailable', true],
    ['a state of tomorrow', true],
  ])('that is %s is held: %s', (state, held) => {
    expect(isTargetHeld(state)).toBe(held);
  });

  it('is told by its group, its own name and its state', () => {
    const target = { target: 'i-1:80', state: 'draining' };
    expect(registrationText({ kind: 'target-group', group: 'web', ...target })).toBe(
      'target group web: i-1:80 is draining',
    );
    expect(registrationText({ kind: 'classic', group: 'old', ...target })).toBe(
      'load balancer old: i-1:80 is draining',
    );
  });
});

describe('a target stays as long as its pod', () => {
  const group = { kind: 'target-group', group: 'web' } as const;
  it.each([
    ['when it is an address', { ...group, target: '10.0.1.77:80', state: 'healthy' }, true],
    [
      'when it is an address that is looked at for the first time',
      { ...group, target: 'fd00::7:80', state: 'initial' },
      true,
    ],
    ['unless somebody has taken it out', { ...group, target: '10.0.1.77:80', state: 'draining' }, false],
    ['unless it is an instance', { ...group, target: 'i-1:80', state: 'healthy' }, false],
    [
      'unless it is an instance of a Classic',
      { kind: 'classic', group: 'old', target: 'i-1', state: 'InService' },
      false,
    ],
  ] as const)('%s', (_case, registration, stays) => {
    expect(staysWithPod(registration)).toBe(stays);
  });
});

describe('an instance of a Classic Load Balancer', () => {
  it.each([
    ['InService', false, true],
    ['OutOfService', true, false],
    ['Unknown', true, true],
    ['Unknown', false, false],
    ['A state of tomorrow', false, true],
  ])('that is %s, and listed: %s, is held: %s', (state, listed, held) => {
    expect(isInstanceHeld(state, listed)).toBe(held);
  });
});

describe('tags', () => {
  it.each([
    ['elbv2.k8s.aws/cluster'],
    ['ingress.k8s.aws/stack'],
    ['service.k8s.aws/resource'],
    ['ingress.eks.amazonaws.com/stack'],
    ['service.eks.amazonaws.com/stack'],
    ['eks:eks-cluster-name'],
    ['kubernetes.io/service-name'],
    ['kubernetes.io/cluster/prod'],
  ])('of which one is %s are a controller’s', (key) => {
    expect(isControllersOwn(['Name', key])).toBe(true);
  });

  it.each([
    [[]],
    [['Name', 'aws:cloudformation:stack-name', 'kubernetes.io/role/elb', 'kubernetes.io/cluster/']],
    [['my-elbv2.k8s.aws/cluster', 'elbv2.k8s.aws/cluster-id', 'ingress.k8s.awsome/stack']],
    [['my-ingress.k8s.aws/stack', 'my-service.eks.amazonaws.com/stack']],
    [['my-eks:eks-cluster-name', 'eks:eks-cluster-name-before']],
    [['my-kubernetes.io/service-name', 'kubernetes.io/service-name-before', 'my-kubernetes.io/cluster/prod']],
  ])('%j are nobody’s', (keys) => {
    expect(isControllersOwn(keys)).toBe(false);
  });
});
