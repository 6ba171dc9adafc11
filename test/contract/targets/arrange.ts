import { setTimeout as delay } from 'node:timers/promises';
import type { KubeRequest, KubeResponse, KubeTransport } from '../../../shared/adapters/kube-transport.ts';

const signal = new AbortController().signal;
const EVENTUALLY_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** How the pieces of a real target put things into a cluster that lives on, and take them out again. */
export interface Arrange {
  ask: (request: KubeRequest) => Promise<KubeResponse>;
  /** Creates an object below `root`; it is deleted at the end. */
  create: (
    root: string,
    object: { metadata: { name: string }; [field: string]: unknown },
  ) => Promise<{ metadata: { uid: string } }>;
  /** Looks until the server has taken notice; throws, saying of what it has not, after 30 seconds. */
  eventually: (what: string, check: () => Promise<boolean>) => Promise<void>;
  undo: (step: () => Promise<void>) => void;
}

export function createArrange(admin: KubeTransport): Arrange & { undoAll: () => Promise<void> } {
  const steps: (() => Promise<void>)[] = [];
  const ask = (request: KubeRequest) => admin.request(request, signal);
  return {
    ask,
    create: async (root, object) => {
      const { status, body } = await ask({ method: 'POST', path: root, body: object });
      if (status > 299) throw new Error(`creating ${object.metadata.name}: ${status} ${JSON.stringify(body)}`);
      steps.push(async () => void (await ask({ method: 'DELETE', path: `${root}/${object.metadata.name}` })));
      return body as { metadata: { uid: string } };
    },
    eventually: async (what, check) => {
      for (let waited = 0; !(await check()); waited += LOOK_EVERY_MS) {
        if (waited >= EVENTUALLY_MS) throw new Error(`not within ${EVENTUALLY_MS / 1000} s: ${what}`);
        await delay(LOOK_EVERY_MS);
      }
    },
    undo: (step) => void steps.push(step),
    undoAll: async () => {
      for (const step of steps.splice(0).reverse()) await step();
    },
  };
}
