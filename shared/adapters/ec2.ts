import { DescribeInstancesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { ComputePort } from '../ports.ts';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';
import { findInPages } from './find-in-pages.ts';

/** Import this module only when it is needed: the EC2 client is by far the largest. */
export function createCompute(client: Pick<EC2Client, 'send'>): ComputePort {
  return {
    instanceState: (instanceId, signal) =>
      during(
        `describing instance ${instanceId} of EC2`,
        signal,
        findInPages(
          (NextToken) =>
            client.send(new DescribeInstancesCommand({ InstanceIds: [instanceId], NextToken }), {
              abortSignal: signal,
            }),
          (page) => page.Reservations?.flatMap((reservation) => reservation.Instances ?? [])[0]?.State?.Name,
        ).catch((error: unknown) => {
          if (isNamed(error, 'InvalidInstanceID.NotFound')) return undefined;
          throw error;
        }),
      ),
  };
}
