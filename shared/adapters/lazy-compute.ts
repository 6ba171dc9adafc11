import type { ComputePort } from '../ports.ts';
import { once } from './once.ts';

/** EC2 is asked about few drains, and its client would double the time that a cold start takes to load. */
export function lazyCompute(): ComputePort {
  const opened = once(async () => (await import('./open-compute.ts')).openCompute());
  return {
    instanceState: async (...call) => (await opened()).instanceState(...call),
    instanceFacts: async (...call) => (await opened()).instanceFacts(...call),
    scheduledEvents: async (...call) => (await opened()).scheduledEvents(...call),
  };
}
