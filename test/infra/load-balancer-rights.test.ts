import { describe, expect, test } from 'vitest';
import type { TerminateSettings } from '../../shared/settings/terminate.ts';
import { type Statement, statementsOf, synthesize } from './synthesize.ts';

const balancing = (loadBalancers: TerminateSettings['loadBalancers']): Statement[] =>
  statementsOf(synthesize({ loadBalancers }), 'DrainTick').filter(({ Action }) =>
    [Action].flat().some((action) => action.startsWith('elasticloadbalancing:')),
  );
const arn = (what: string) => `arn:<AWS::Partition>:elasticloadbalancing:<AWS::Region>:<AWS::AccountId>:${what}`;
const notAControllers = {
  Null: {
    'aws:ResourceTag/elbv2.k8s.aws/cluster': 'true',
    'aws:ResourceTag/eks:eks-cluster-name': 'true',
    'aws:ResourceTag/kubernetes.io/service-name': 'true',
  },
};
const changing = [
  ['elasticloadbalancing:DeregisterTargets', arn('targetgroup/*/*')],
  ['elasticloadbalancing:DeregisterInstancesFromLoadBalancer', arn('loadbalancer/*')],
];

describe('the rights on load balancers', () => {
  test('are none when they are off', () => {
    expect(balancing('off')).toEqual([]);
  });

  test('are to look, and nothing else, while they are waited for', () => {
    const actions = balancing('wait').flatMap(({ Action }) => Action);
    expect(actions).toHaveLength(4);
    expect(actions.filter((action) => !action.startsWith('elasticloadbalancing:Describe'))).toEqual([]);
  });

  test('to deregister leave out what a controller tags as its own', () => {
    const [look, ...out] = balancing('deregister');
    expect(look?.Action).toContain('elasticloadbalancing:DescribeTags');
    expect(out).toEqual(
      changing.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource, Condition: notAControllers })),
    );
  });

  test('to deregister all need no tags', () => {
    const [look, ...out] = balancing('deregister-all');
    expect(look?.Action).not.toContain('elasticloadbalancing:DescribeTags');
    expect(out).toEqual(changing.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource })));
  });
});
