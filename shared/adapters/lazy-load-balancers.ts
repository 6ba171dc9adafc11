import type { LoadBalancerMode } from '../lifecycle/registration.ts';
import type { Clock, LoadBalancerPort, Log } from '../ports.ts';
import { once } from './once.ts';

/** Loads the clients with the first node that is empty, or with the first drain where that is to begin with deregistering. */
export function lazyLoadBalancers(
  mode: LoadBalancerMode,
  ports: { log: Log; clock: Clock; random: () => number },
): LoadBalancerPort {
  const opened = once(async () => (await import('./open-load-balancers.ts')).openLoadBalancers(mode, ports));
  const asks = mode === 'deregister' || mode === 'deregister-all';
  return {
    stillRegistered: async (node, signal) =>
      mode === 'off' ? { registrations: [] } : (await opened()).stillRegistered(node, signal),
    deregister: async (node, signal) => (asks ? (await opened()).deregister(node, signal) : undefined),
  };
}
