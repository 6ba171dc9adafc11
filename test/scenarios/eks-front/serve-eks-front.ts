import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { KubeConfig } from '@kubernetes/client-node';
import { loopbackCertificate } from '../../../sandbox/cluster/loopback-certificate.ts';
import type { Authenticate, ClusterFront } from '../../../sandbox/world/open-deployment.ts';
import { forward } from './forward.ts';
import type { TellRequest } from './front-request.ts';

/**
 * A Kubernetes API server as EKS shows it: it takes EKS's tokens, and does as the user and the groups of the bearer's access entry may. Behind
 * it is the server of a kubeconfig, which knows no such tokens: the kubeconfig's user acts as that user.
 * https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 */
export async function serveEksFront(
  config: KubeConfig,
  authenticate: Authenticate,
  tell: TellRequest,
): Promise<ClusterFront> {
  const { key, cert } = await loopbackCertificate();
  const agent = new Agent({ keepAlive: true });
  const server = createServer({ key, cert }, (incoming, outgoing) => {
    // A client sees a connection that ends, as with any server that fails.
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca: cert,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
        agent.destroy();
      }),
  };

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '/', headers } = incoming;
    const body = await buffer(incoming);
    const [, token = ''] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
    const caller = await authenticate(token);
    const { pathname, searchParams } = new URL(url, 'https://127.0.0.1');
    const told = (status: number) =>
      tell({
        at: Date.now(),
        user: caller?.user,
        method,
        path: pathname,
        query: Object.fromEntries(searchParams),
        body: body.length > 0 ? JSON.parse(body.toString()) : undefined,
        status,
      });
    if (!caller) {
      told(401);
      refuse(outgoing);
    } else await forward({ method, url, headers, body }, caller, outgoing, { config, agent, told });
  }
}

function refuse(outgoing: ServerResponse): void {
  const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Unauthorized', code: 401 };
  outgoing.writeHead(401, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify({ ...status, message: 'Unauthorized' }));
}
