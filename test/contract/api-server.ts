import { afterAll, beforeAll, describe } from 'vitest';
import { apiServerAccess } from './api-server-access.ts';
import { apiServerDeletes } from './api-server-deletes.ts';
import { apiServerEvictions } from './api-server-evictions.ts';
import { apiServerLists } from './api-server-lists.ts';
import { apiServerRefusedEvictions } from './api-server-refused-evictions.ts';
import { type ApiServerTarget, type Bench, createBench } from './api-server-target.ts';
import { apiServerWatches } from './api-server-watches.ts';
import { apiServerWrites } from './api-server-writes.ts';

/** What a test of the contract reaches for; only inside a test, after the target is open. */
export interface Stage {
  readonly target: ApiServerTarget;
  readonly bench: Bench;
}

/** The same questions to every API server: what the real one answers is right. No controllers may run on it. */
export function apiServerContract(name: string, open: () => Promise<ApiServerTarget>): void {
  describe(name, () => {
    let target: ApiServerTarget;
    let bench: Bench;
    const stage: Stage = {
      get target() {
        return target;
      },
      get bench() {
        return bench;
      },
    };

    beforeAll(async () => {
      target = await open();
      bench = createBench(target);
      await bench.build();
    });
    afterAll(async () => {
      await bench.remove();
      await target.close();
    });

    apiServerLists(stage);
    apiServerWrites(stage);
    apiServerDeletes(stage);
    apiServerEvictions(stage);
    apiServerRefusedEvictions(stage);
    apiServerWatches(stage);
    apiServerAccess(stage);
  });
}
