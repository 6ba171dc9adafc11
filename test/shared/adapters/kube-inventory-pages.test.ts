import { describe, expect, it } from 'vitest';
import { createKubeInventory } from '../../../shared/adapters/kube-inventory.ts';
import { scriptedTransport } from './scripted-transport.ts';

const signal = new AbortController().signal;

describe('a list of pods', () => {
  it('is one list of all namespaces in pages, and a refusal is a value', async () => {
    const page = (token: string) => ({
      body: { items: [{ metadata: { name: `p${token}` } }], metadata: { continue: token } },
    });
    const { transport, requests } = scriptedTransport({
      answers: [page('2'), page(''), { status: 403, body: { kind: 'Status', message: 'no' } }],
    });
    const inventory = createKubeInventory(transport);
    expect(await inventory.listPods(signal)).toMatchObject({ ok: true, value: [{ name: 'p2' }, { name: 'p' }] });
    expect(await inventory.listPods(signal)).toMatchObject({ ok: false, failure: { code: 403 } });
    const query = { fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed', limit: '500' };
    expect(requests[1]).toEqual({ method: 'GET', path: '/api/v1/pods', query: { ...query, continue: '2' } });
  });
});
