import type { Listed } from '../cluster-port.ts';
import type { ApiAnswer } from '../lifecycle/api-failure.ts';
import { call } from './kube-call.ts';
import type { KubeRequest, KubeTransport } from './kube-transport.ts';

interface Page<Item> {
  metadata?: { continue?: string; resourceVersion?: string };
  items?: Item[] | null;
}

/**
 * All items, 500 to a page; those for which `view` is undefined are left out. A continue token that expired on the way
 * starts the list over, once: https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks
 */
export async function list<Item, View>(
  transport: KubeTransport,
  request: Pick<KubeRequest, 'path' | 'query' | 'accept'>,
  view: (item: Item) => View | undefined,
  signal: AbortSignal,
): Promise<ApiAnswer<Listed<View>>> {
  const first = await pages(transport, request, view, signal);
  const expired = !first.ok && first.failure.code === 410;
  return expired ? pages(transport, request, view, signal) : first;
}

async function pages<Item, View>(
  transport: KubeTransport,
  request: Pick<KubeRequest, 'path' | 'query' | 'accept'>,
  view: (item: Item) => View | undefined,
  signal: AbortSignal,
): Promise<ApiAnswer<Listed<View>>> {
  const items: View[] = [];
  let token: string | undefined;
  for (;;) {
    const query = { ...request.query, limit: '500', ...(token === undefined ? {} : { continue: token }) };
    const answer = await call(
      transport,
      { method: 'GET', ...request, query },
      ({ items: page, metadata }: Page<Item>) => {
        items.push(...(page ?? []).map(view).filter((item) => item !== undefined));
        return { next: metadata?.continue, resourceVersion: metadata?.resourceVersion ?? '' };
      },
      signal,
    );
    if (!answer.ok) return answer;
    const { next, resourceVersion } = answer.value;
    if (!next) return { ok: true, value: { items, resourceVersion } };
    token = next;
  }
}

/** A list whose resourceVersion nobody needs. */
export function itemsOf<View>(answer: ApiAnswer<Listed<View>>): ApiAnswer<View[]> {
  return answer.ok ? { ok: true, value: answer.value.items } : answer;
}
