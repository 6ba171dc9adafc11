import { AwsError } from './aws-error.ts';
import type { LoadBalancing } from './load-balancing.ts';
import { listOf, pageOf, structuresOf } from './query-protocol.ts';
import type { Operation } from './wire.ts';
import type { XmlValue } from './xml.ts';

/** Elastic Load Balancing, version 2012-06-01: Classic Load Balancers and the instances in them. */
export function classicOperations(balancing: LoadBalancing): Record<string, (input: Operation['input']) => XmlValue> {
  const instancesIn = (input: Operation['input']) =>
    structuresOf(input, 'Instances.member').map(({ InstanceId = '' }) => InstanceId);
  return {
    DescribeLoadBalancers: (input) => {
      const { items, next } = pageOf(balancing.classics(), input);
      const LoadBalancerDescriptions = items.map((classic) => ({
        LoadBalancerName: classic.name,
        VPCId: classic.vpcId,
        Instances: balancing.instancesOf(classic).map((InstanceId) => ({ InstanceId })),
      }));
      return { LoadBalancerDescriptions, NextMarker: next };
    },

    // Who is named is told of even when it is no longer registered:
    // https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DescribeInstanceHealth.html
    DescribeInstanceHealth: (input) => {
      const classic = balancing.classicNamed(String(input.LoadBalancerName));
      const named = instancesIn(input);
      const asked = named.length > 0 ? named : balancing.instancesOf(classic);
      return {
        InstanceStates: asked.map((InstanceId) => {
          const { state, description } = balancing.instanceState(classic, InstanceId);
          const ReasonCode = state === 'InService' ? 'N/A' : 'Instance';
          return { InstanceId, State: state, ReasonCode, Description: description };
        }),
      };
    },

    DescribeTags: (input) => {
      const names = listOf(input, 'LoadBalancerNames.member');
      if (names.length > 20) throw new AwsError(400, 'ValidationError', 'At most 20 load balancers');
      return {
        TagDescriptions: names.map((LoadBalancerName) => ({
          LoadBalancerName,
          Tags: Object.entries(balancing.classicNamed(LoadBalancerName).tags).map(([Key, Value]) => ({ Key, Value })),
        })),
      };
    },

    DeregisterInstancesFromLoadBalancer: (input) => {
      const classic = balancing.classicNamed(String(input.LoadBalancerName));
      for (const id of instancesIn(input)) {
        const registered = balancing.instancesOf(classic).includes(id);
        if (!registered) throw new AwsError(400, 'InvalidInstance', `Could not find EC2 instance ${id}.`);
        balancing.deregisterInstance(classic.name, id);
      }
      return { Instances: balancing.instancesOf(classic).map((InstanceId) => ({ InstanceId })) };
    },
  };
}
