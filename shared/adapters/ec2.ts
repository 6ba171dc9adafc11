import {
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  type EC2Client,
  type Instance,
  type InstanceStatusEvent,
} from '@aws-sdk/client-ec2';
import type { ComputePort } from '../ports.ts';
import { answered } from './answered.ts';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';
import { findInPages } from './find-in-pages.ts';

/** Import this module only when it is needed: the EC2 client is by far the largest. */
export function createCompute(client: Pick<EC2Client, 'send'>): ComputePort {
  return {
    instanceState: async (instanceId, signal) => (await describe(instanceId, signal))?.State?.Name,

    instanceFacts: async (instanceId, signal) => {
      const instance = await describe(instanceId, signal);
      if (!instance) return undefined;
      return { state: answered('State', instance.State?.Name), isSpot: instance.InstanceLifecycle === 'spot' };
    },

    scheduledEvents: (instanceId, signal) =>
      during(
        `describing the scheduled events of instance ${instanceId}`,
        signal,
        client
          .send(new DescribeInstanceStatusCommand({ InstanceIds: [instanceId], IncludeAllInstances: true }), {
            abortSignal: signal,
          })
          .then(({ InstanceStatuses = [] }) => InstanceStatuses.flatMap(({ Events = [] }) => Events))
          .then((events) => events.filter(isToCome).map(({ Code }) => answered('Code', Code)), ifUnknown([])),
      ),
  };

  function describe(instanceId: string, signal: AbortSignal): Promise<Instance | undefined> {
    return during(
      `describing instance ${instanceId} of EC2`,
      signal,
      findInPages(
        (NextToken) =>
          client.send(new DescribeInstancesCommand({ InstanceIds: [instanceId], NextToken }), { abortSignal: signal }),
        (page) => page.Reservations?.flatMap((reservation) => reservation.Instances ?? [])[0],
      ).catch(ifUnknown(undefined)),
    );
  }
}

/** EC2 lists an event for a week after it is over. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_scheduled_events.html */
function isToCome({ Description = '' }: InstanceStatusEvent): boolean {
  return !/^\[(Completed|Canceled)\]/.test(Description);
}

function ifUnknown<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (isNamed(error, 'InvalidInstanceID.NotFound')) return value;
    throw error;
  };
}
