import {
  DeregisterInstancesFromLoadBalancerCommand,
  DescribeInstanceHealthCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  type ElasticLoadBalancingClient,
} from '@aws-sdk/client-elastic-load-balancing';
import type { Clock } from '../ports.ts';
import { answered } from './answered.ts';
import { isCausedBy, pacedCalls } from './paced-calls.ts';
import { sharedAnswers } from './shared-answers.ts';
import { tagKeysOf } from './tag-keys.ts';

export interface Classic {
  name: string;
  vpcId: string | undefined;
  /** Ids of the instances that are registered, without those that drain. */
  instances: readonly (string | undefined)[];
}

export type ClassicLoadBalancers = ReturnType<typeof createClassicLoadBalancers>;

const atOnce = 4;
const balancersMilliseconds = 60_000;
const gone = 'AccessPointNotFoundException';
const notRegistered = 'InvalidEndPointException';

/** Classic Load Balancers and the state of an instance in each. */
export function createClassicLoadBalancers(
  client: Pick<ElasticLoadBalancingClient, 'send'>,
  ports: { clock: Clock; random: () => number },
) {
  const call = pacedCalls({ prefix: 'elasticloadbalancing', atOnce }, ports);

  const balancers = sharedAnswers<Classic[]>(async (_, abortSignal) => {
    const found: Classic[] = [];
    let Marker: string | undefined;
    do {
      const command = new DescribeLoadBalancersCommand({ PageSize: 400, Marker });
      const send = () => client.send(command, { abortSignal });
      const page = await call('DescribeLoadBalancers', 'describing Classic Load Balancers', send, abortSignal);
      for (const { LoadBalancerName, VPCId, Instances = [] } of page.LoadBalancerDescriptions ?? []) {
        const instances = Instances.map(({ InstanceId }) => InstanceId);
        found.push({ name: answered('LoadBalancerName', LoadBalancerName), vpcId: VPCId, instances });
      }
      Marker = page.NextMarker;
    } while (Marker);
    return found;
  }, ports);

  // Only an instance that is named is told of while its connections drain:
  // https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_DescribeInstanceHealth.html
  const states = sharedAnswers<{ state: string; draining: boolean }>(async (key, abortSignal) => {
    const [name = '', InstanceId = ''] = JSON.parse(key) as string[];
    const command = new DescribeInstanceHealthCommand({ LoadBalancerName: name, Instances: [{ InstanceId }] });
    const send = () => client.send(command, { abortSignal });
    try {
      const what = `describing ${InstanceId} in load balancer ${name}`;
      const answer = await call('DescribeInstanceHealth', what, send, abortSignal);
      const [instance] = answer.InstanceStates ?? [];
      const draining = /deregistration currently in progress/i.test(instance?.Description ?? '');
      return { state: instance?.State ?? 'OutOfService', draining };
    } catch (error) {
      if (isCausedBy(error, gone, notRegistered)) return { state: 'OutOfService', draining: false };
      throw error;
    }
  }, ports);

  return {
    balancers: (signal: AbortSignal) => balancers.get('all', (_, age) => age < balancersMilliseconds, signal),

    stateOf: (
      { name }: Classic,
      instanceId: string,
      isFresh: (answer: { state: string }, age: number) => boolean,
      signal: AbortSignal,
    ) => states.get(JSON.stringify([name, instanceId]), isFresh, signal),

    /** The keys of each one's tags, by its name, without those that are gone. */
    tagKeys: (names: readonly string[], abortSignal: AbortSignal) =>
      tagKeysOf(names, gone, async (some) => {
        const send = () => client.send(new DescribeTagsCommand({ LoadBalancerNames: some }), { abortSignal });
        const answer = await call('DescribeTags', 'describing the tags of load balancers', send, abortSignal);
        return (answer.TagDescriptions ?? []).map(({ LoadBalancerName = '', Tags = [] }) => ({
          name: LoadBalancerName,
          keys: Tags.map(({ Key = '' }) => Key),
        }));
      }),

    /** Answers whether it was in it. */
    async deregister({ name }: Classic, InstanceId: string, abortSignal: AbortSignal): Promise<boolean> {
      const input = { LoadBalancerName: name, Instances: [{ InstanceId }] };
      const send = () => client.send(new DeregisterInstancesFromLoadBalancerCommand(input), { abortSignal });
      const what = `deregistering ${InstanceId} from load balancer ${name}`;
      try {
        await call('DeregisterInstancesFromLoadBalancer', what, send, abortSignal);
        return true;
      } catch (error) {
        if (isCausedBy(error, gone, notRegistered)) return false;
        throw error;
      } finally {
        states.forget(JSON.stringify([name, InstanceId]));
      }
    },
  };
}
