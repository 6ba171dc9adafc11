import { KubeConfig } from '@kubernetes/client-node';
import { generate } from 'selfsigned';
import { describe, expect, it } from 'vitest';
import { createKubeconfigTransport } from '../../../shared/adapters/kubeconfig-transport.ts';
import { json, serve } from './http-server.ts';

const signal = new AbortController().signal;

describe('a kubeconfig', () => {
  it('says where the API server is, whom to trust and who asks; the connection is kept', async () => {
    const altNames = [{ type: 7, ip: '127.0.0.1' } as const];
    const { private: key, cert } = await generate([], {
      keyType: 'ec',
      extensions: [{ name: 'subjectAltName', altNames }],
    });
    const server = await serve((_, response) => json(response, 200, { kind: 'NodeList' }), { key, cert });
    const config = new KubeConfig();
    config.loadFromClusterAndUser(
      { name: 'c', server: server.url, caData: Buffer.from(cert).toString('base64'), skipTLSVerify: false },
      { name: 'u', token: 't-1' },
    );
    const transport = createKubeconfigTransport(config);
    for (let i = 0; i < 2; i++) {
      const answer = await transport.request({ method: 'GET', path: '/api/v1/nodes' }, signal);
      expect(answer).toMatchObject({ status: 200, body: { kind: 'NodeList' } });
    }
    expect(server.requests[1]?.headers.authorization).toBe('Bearer t-1');
    expect(server.connections()).toBe(1);
    transport.close();
    await server.close();
  });

  it('without a current cluster is refused', () => {
    const config = new KubeConfig();
    config.setCurrentContext('nowhere');
    expect(() => createKubeconfigTransport(config)).toThrow("no cluster for its current context 'nowhere'");
  });
});
