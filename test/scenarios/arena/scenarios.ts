import { describe, it } from 'vitest';
import { testKubeconfig } from '../../control-plane/test-kubeconfig.ts';
import { type Arena, type ArenaOptions, openArena } from './arena.ts';
import { openReal } from './real-target.ts';
import { type ArenaTarget, openModel, type Right } from './target.ts';

export interface ScenarioOptions extends ArenaOptions {
  /** In place of infra/rbac. */
  rights?: readonly Right[];
}

/** Defines one scenario: on a model and, where there is one, on a real API server. */
export type Scenario = (title: string, options: ScenarioOptions, play: (arena: Arena) => Promise<void>) => void;

/** A real drain takes its own time, and many share two cores. */
const timeoutMilliseconds = 150_000;

/** The same scenarios for the sandbox's model and for a real API server, where TEST_KUBECONFIG names one. */
export function scenarios(subject: string, define: (scenario: Scenario) => void): void {
  const kubeconfig = testKubeconfig('TEST_KUBECONFIG');
  const targets: [string, (rights?: readonly Right[]) => Promise<ArenaTarget>][] = [['the sandbox', openModel]];
  if (kubeconfig) targets.push(['a real API server', (rights) => openReal(kubeconfig, rights)]);
  for (const [name, open] of targets) {
    describe.concurrent(`${subject}: ${name}`, { timeout: timeoutMilliseconds }, () => {
      define((title, { rights, ...options }, play) => {
        it(title, async () => {
          const target = await open(rights);
          try {
            await playIn(await openArena(target, options), play);
          } finally {
            await target.close();
          }
        });
      });
    });
  }
}

async function playIn(arena: Arena, play: (arena: Arena) => Promise<void>): Promise<void> {
  try {
    await play(arena);
  } finally {
    await arena.close();
  }
}
