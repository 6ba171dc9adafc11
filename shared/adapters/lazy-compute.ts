import type { ComputePort } from '../ports.ts';
import { clientDefaults } from './client-defaults.ts';
import { once } from './once.ts';

/** EC2 is asked about few drains, and its client would double the time that a cold start takes to load. */
export function lazyCompute(): ComputePort {
  const opened = once(async () => {
    const [{ EC2Client }, { createCompute }] = await Promise.all([import('@aws-sdk/client-ec2'), import('./ec2.ts')]);
    return createCompute(new EC2Client(clientDefaults));
  });
  return { instanceState: async (instanceId, signal) => (await opened()).instanceState(instanceId, signal) };
}
