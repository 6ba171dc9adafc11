import { afterAll, beforeAll, describe } from 'vitest';
import type { KubeTransport } from '../../shared/adapters/kube-transport.ts';
import { apiServerAccess } from './api-server-access.ts';
import { apiServerDeletes } from './api-server-deletes.ts';
import { apiServerEvictions } from './api-server-evictions.ts';
import { apiServerLists } from './api-server-lists.ts';
import { apiServerOverload } from './api-server-overload.ts';
import { apiServerRefusedEvictions } from './api-server-refused-evictions.ts';
import { apiServerUnready } from './api-server-unready.ts';
import { apiServerWatches } from './api-server-watches.ts';
import { apiServerWebhooks } from './api-server-webhooks.ts';
import { apiServerWrites } from './api-server-writes.ts';
import { type Bench, createBench } from './bench.ts';
import type { GuardedTarget } from './target.ts';

/** What a test of the contract reaches for; only inside a test, after the target is open. */
export interface Stage {
  readonly target: GuardedTarget;
  readonly bench: Bench;
  /** Someone who may get and list pods and create pods/eviction, and nothing else. */
  readonly evictor: { name: string; transport: KubeTransport };
}

/** The same questions to every API server: what the real one answers is right. No controllers may run on it. */
export function apiServerContract(name: string, open: () => Promise<GuardedTarget>): void {
  describe(name, { timeout: 60_000 }, () => {
    let target: GuardedTarget;
    let bench: Bench;
    let evictor: Stage['evictor'];
    const stage: Stage = {
      get target() {
        return target;
      },
      get bench() {
        return bench;
      },
      get evictor() {
        return evictor;
      },
    };

    beforeAll(async () => {
      target = await open();
      bench = createBench(target);
      await bench.build();
      const user = `evictor-${bench.id}`;
      const rules = [
        { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
        { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
      ];
      await target.grant({ user, rules });
      evictor = { name: user, transport: target.as({ user, groups: [] }) };
    }, 60_000);
    afterAll(async () => {
      await bench.remove();
      await target.close();
    }, 60_000);

    apiServerLists(stage);
    apiServerWrites(stage);
    apiServerDeletes(stage);
    apiServerEvictions(stage);
    apiServerUnready(stage);
    apiServerRefusedEvictions(stage);
    apiServerWebhooks(stage);
    apiServerWatches(stage);
    apiServerAccess(stage);
    apiServerOverload(stage);
  });
}
