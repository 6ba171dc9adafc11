import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Stage } from './cluster-port.ts';
import { seeAndEvict } from './cluster-port-answers.ts';
import { rightsOf } from './cluster-port-rights.ts';
import { failureIn, signal, valueIn } from './cluster-port-world.ts';

const expired = 'stranger';

/** Only where a bearer token is presented: in process the model knows who asks. */
export function clusterPortTokens(stage: Stage): void {
  describe('a token that the cluster no longer takes', () => {
    /** A drain whose token has expired, and what was asked of the source of its tokens. */
    async function withExpiredToken(fresh: 'good' | 'expired') {
      const { target, world, clusterThrough } = stage;
      if (!target.bearer) throw new Error('nobody presents a token here');
      const { caller, token, connect } = await target.bearer(world.namespace);
      for (const rights of rightsOf(caller, world.namespace)) await target.grant(rights);
      let held = expired;
      const renewals: string[] = [];
      const transport = connect(async (force) => {
        if (force) {
          const next = fresh === 'good' ? token : expired;
          renewals.push(next);
          await delay(100);
          held = next;
        }
        return { authorization: `Bearer ${held}` };
      });
      return { cluster: clusterThrough(transport), renewals, token };
    }

    it('is renewed once for many calls that are refused together, and they all go through', async () => {
      const { cluster, renewals, token } = await withExpiredToken('good');
      const pods = await Promise.all(Array.from({ length: 5 }, () => stage.world.pod()));
      const answers = await Promise.all(pods.map((pod) => cluster.evictPod(pod, {}, signal)));
      expect(answers.map(({ ok }) => ok)).toEqual(pods.map(() => true));
      expect(renewals).toEqual([token]);
      expect(valueIn(await cluster.getPod(pods[0] ?? { namespace: '', name: '' }, signal)).deletionAt).toBeDefined();
      expect(renewals).toHaveLength(1);
    });

    it('is renewed once for a watch', async () => {
      const { world } = stage;
      const { resourceVersion } = valueIn(await stage.cluster.listPods(world.nodes.second, signal));
      const { cluster, renewals } = await withExpiredToken('good');
      const pod = await world.pod({ node: world.nodes.second });
      for await (const event of cluster.watchPods(world.nodes.second, resourceVersion, signal)) {
        expect(event).toMatchObject({ type: 'ADDED', object: { uid: pod.uid } });
        break;
      }
      expect(renewals).toHaveLength(1);
    });

    it('is a 401 when the fresh one is not taken either, and an eviction is told to lack the right', async () => {
      const { cluster, renewals } = await withExpiredToken('expired');
      expect(failureIn(await cluster.listBudgets(signal))).toMatchObject({ code: 401, reason: 'Unauthorized' });
      expect(renewals).toEqual([expired]);
      const view = valueIn(await stage.cluster.getPod(await stage.world.pod(), signal));
      const unknown = { ...cluster, getPod: async () => ({ ok: true, value: view }) as const };
      expect(await (await seeAndEvict(view, unknown))()).toMatchObject({ kind: 'missing-right' });
      expect(renewals).toEqual([expired, expired]);
    });
  });
}
