import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testKubeconfig } from '../control-plane/test-kubeconfig.ts';
import { drainAllowed, drainRefused } from './admission-drain.ts';
import { launchAllowed, launchRefused } from './admission-launch.ts';
import { surgeAllowed, surgeRefused } from './admission-surge.ts';
import { type AdmissionWorld, openAdmissionWorld } from './admission-world.ts';
import { mergePatch } from './bench.ts';
import type { GuardedTarget } from './target.ts';
import { openModel, realTime } from './targets/model.ts';
import { openRealServer } from './targets/real.ts';

/** What the admission policies of infra/rbac let pass and refuse. The sandbox evaluates none: there only rights and patches are tried. */
function admission(name: string, open: () => Promise<GuardedTarget>, evaluates: boolean): void {
  describe(name, { timeout: 60_000 }, () => {
    let target: GuardedTarget;
    let world: AdmissionWorld;
    const stage = {
      get world() {
        return world;
      },
    };
    beforeAll(async () => {
      target = await open();
      world = await openAdmissionWorld(target);
    }, 60_000);
    afterAll(async () => {
      await world.close();
      await target.close();
    }, 60_000);

    drainAllowed(stage);
    launchAllowed(stage);
    surgeAllowed(stage);
    if (evaluates) {
      drainRefused(stage);
      launchRefused(stage);
      surgeRefused(stage);
      othersUnaffected(stage);
    }
  });
}

function othersUnaffected(stage: { readonly world: AdmissionWorld }): void {
  it.each([[[]], [['eks-node-lifecycle-too']], [['system:nodes']]])(
    'the groups %o are no business of the policies',
    async (groups) => {
      const { world } = stage;
      const other = await world.someone(...groups);
      const { name } = await world.node({ mark: 'label' });
      const path = `${world.paths.nodes}/${name}`;
      const metadata = {
        labels: { 'example.com/new': 'x' },
        annotations: { 'example.com/note': null },
        finalizers: null,
      };
      const body = { metadata, spec: { unschedulable: null, taints: null, providerID: 'aws:///us-east-1a/i-1' } };
      const pod = await world.pod();
      const requests = [
        { method: 'PATCH', path, contentType: mergePatch, body },
        { method: 'PATCH', path: `${path}/status`, contentType: mergePatch, body: { status: { conditions: null } } },
        { method: 'DELETE', path },
        { method: 'DELETE', path: world.paths.pods(pod.metadata.name), body: { gracePeriodSeconds: 0 } },
      ] as const;
      for (const request of requests) expect((await world.ask(request, other)).status).toBe(200);
    },
  );
}

admission("the sandbox's cluster", () => openModel(realTime), false);

const kubeconfig = testKubeconfig('TEST_KUBECONFIG');
if (kubeconfig) admission('a real API server', () => openRealServer(kubeconfig), true);
