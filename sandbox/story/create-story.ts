import type { Observation } from '../world/observation.ts';
import { createTeller, type Listener, type Story } from './create-teller.ts';
import { fromAutoScaling, fromNotification } from './from-auto-scaling.ts';
import { fromAws } from './from-aws.ts';
import { fromCluster } from './from-cluster.ts';
import { fromLoadBalancer } from './from-load-balancer.ts';
import { fromLog } from './from-log.ts';
import { fromTick, fromTickFailure } from './from-tick.ts';
import type { Told } from './line.ts';
import { type Memory, newMemory } from './memory.ts';
import { progressOf } from './progress.ts';

/** Makes a story of what is observed: nothing in it comes from the scenario. */
export function createStory(known: Parameters<typeof newMemory>[0], listener: Listener): Story {
  const memory = newMemory(known);
  return createTeller(
    {
      startedAt: known.startedAt,
      linesOf: (observation) => linesOf(observation, memory),
      progress: () => progressOf(memory),
    },
    listener,
  );
}

function linesOf(observation: Observation, memory: Memory): Told[] {
  switch (observation.from) {
    case 'auto-scaling':
      return fromAutoScaling(observation.instanceId, observation.lifecycleState);
    case 'notification':
      return fromNotification(observation.instanceId, observation.transition, observation.channel);
    case 'delivery':
      return [{ mark: 'event', text: `events/${observation.file} goes to the intake function` }];
    case 'notice':
      return [{ mark: 'event', text: `EventBridge tells the intake function: ${observation.text}` }];
    case 'ec2':
      return [{ mark: 'instance', text: `${observation.instanceId}: EC2 says ${observation.state}`, tone: 'warn' }];
    case 'log':
      return fromLog(observation.line, observation.at, memory);
    case 'tick':
      return fromTick(observation.number, observation.output, memory);
    case 'tick-failure':
      return fromTickFailure(observation.number, observation.error);
    case 'aws':
      return fromAws(observation.call, observation.transition);
    case 'kubernetes':
      return fromCluster(observation.change, observation.at, memory);
    case 'eviction':
      return []; // the pod's own changes tell of it
    case 'load-balancer':
      return fromLoadBalancer(observation.change, memory);
  }
}
