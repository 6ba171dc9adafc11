import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { AdmissionReview, WebhookAnswer } from '../../../sandbox/cluster/admission.ts';
import { loopbackCertificate } from '../../../sandbox/cluster/loopback-certificate.ts';

export type Asked = Pick<AdmissionReview, 'operation' | 'resource' | 'dryRun' | 'name'>;

export interface WebhookServer {
  /** `https://127.0.0.1:<port>`; the last segment of a path is whose answer is wanted. */
  url: string;
  /** PEM. */
  ca: string;
  asked: readonly Asked[];
  close: () => Promise<void>;
}

/** A validating webhook as the API server calls it. https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/ */
export async function serveWebhook(answerOf: (path: string) => Promise<WebhookAnswer>): Promise<WebhookServer> {
  const { key, cert } = await loopbackCertificate();
  const asked: Asked[] = [];
  const server = createServer({ key, cert }, async (incoming, response) => {
    const { request } = (await json(incoming)) as Review;
    const { operation, resource, subResource, dryRun, name } = request;
    asked.push({ operation, name, dryRun, resource: [resource.resource, subResource].filter(Boolean).join('/') });
    const path = new URL(incoming.url ?? '/', 'https://127.0.0.1').pathname.slice(1);
    send(response, request.uid, await answerOf(path));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca: cert,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Review {
  request: {
    uid: string;
    operation: AdmissionReview['operation'];
    resource: { resource: string };
    subResource?: string;
    name: string;
    dryRun: boolean;
  };
}

function send(response: ServerResponse, uid: string, answer: WebhookAnswer): void {
  // Whoever is slow has not answered when the server's patience ends.
  if (answer === 'slow') return;
  if (answer === 'broken') return void response.writeHead(500, { 'content-type': 'text/plain' }).end('out of order');
  const said = typeof answer === 'object' ? { allowed: false, ...statusOf(answer) } : { allowed: true };
  const body = { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: { uid, ...said } };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function statusOf({ deny, ...rest }: Extract<WebhookAnswer, object>): object {
  return deny || Object.keys(rest).length > 0 ? { status: { ...rest, message: deny } } : {};
}
