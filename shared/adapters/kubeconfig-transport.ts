import type { KubeConfig } from '@kubernetes/client-node';
import { createHttpsTransport, type HttpsTransportOptions } from './https-transport.ts';
import type { KubeTransport } from './kube-transport.ts';

/** The API server of a kubeconfig's current context, as its user (certificate, token, exec plugin). Throws when it names none. */
export function createKubeconfigTransport(
  config: KubeConfig,
  options: Omit<HttpsTransportOptions, 'server' | 'applyTo'> = {},
): KubeTransport & { close(): void } {
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new Error(`the kubeconfig has no cluster for its current context '${config.currentContext}'`);
  return createHttpsTransport({
    ...options,
    server: cluster.server,
    applyTo: async (request) => {
      const { agent } = request;
      await config.applyToHTTPSOptions(request);
      // Its own agent keeps no connection alive; only one that goes through a proxy is needed.
      if (!cluster.proxyUrl && agent !== undefined) request.agent = agent;
    },
  });
}
