import type { Caller, Identity } from '../cluster/authorize.ts';
import type { Cluster } from '../cluster/create-cluster.ts';

/** The cluster behind EKS's own authentication; a token that it does not know stays one, and the API server answers 401. */
export function withEksTokens(cluster: Cluster, authenticate: (token: string) => Promise<Caller | undefined>): Cluster {
  const callerOf = async (identity: Identity) =>
    identity && 'token' in identity ? ((await authenticate(identity.token)) ?? identity) : identity;
  return {
    ...cluster,
    handle: async (request, identity, signal) => cluster.handle(request, await callerOf(identity), signal),
    watch: async (request, identity, signal) => cluster.watch(request, await callerOf(identity), signal),
  };
}
