import type { GroupLookups } from '../ports.ts';
import { once } from './once.ts';

/** The intake asks Auto Scaling only where clusters have networks of their own. */
export function lazyGroupLookups(): GroupLookups {
  const opened = once(async () => (await import('./open-group-lookups.ts')).openGroupLookups());
  return {
    describeInstance: async (...call) => (await opened()).describeInstance(...call),
    describeGroup: async (...call) => (await opened()).describeGroup(...call),
  };
}
