import { expect } from 'vitest';
import { kubePath } from '../../shared/adapters/kube-wire.ts';
import type { ApiAnswer, ApiFailure } from '../../shared/lifecycle/api-failure.ts';
import { createBench } from './bench.ts';
import type { Target } from './target.ts';

export const signal = new AbortController().signal;

/** Objects of one run, under names that no other run has: a bench with two nodes, one of them that of an instance. */
export function createWorld(target: Target) {
  const bench = createBench(target);
  const { id, namespace, send } = bench;
  const instanceId = `i-0${id}0abc`;
  const nodes = { first: `first-${id}`, second: `second-${id}` };

  async function pod(
    spec: { node?: string; labels?: Record<string, string>; graceSeconds?: number; ready?: boolean; phase?: string } & {
      metadata?: object;
    } = {},
  ): Promise<{ namespace: string; name: string; uid: string }> {
    const { node = nodes.first, graceSeconds = 600, ...rest } = spec;
    const terminationGracePeriodSeconds = graceSeconds;
    const { metadata } = await bench.pod({ ...rest, nodeName: node, spec: { terminationGracePeriodSeconds } });
    return { namespace, name: metadata.name, uid: metadata.uid };
  }

  /** A budget for pods with `app: <name>` that leaves no disruption, already processed. */
  async function exhaustedBudget(name: string, app = name): Promise<void> {
    const none = { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1 };
    await bench.budget(name, { minAvailable: 1, selector: { matchLabels: { app } } }, none);
  }

  async function build(): Promise<void> {
    await bench.build();
    for (const [name, providerID] of [
      [nodes.first, `aws:///us-west-2a/${instanceId}`],
      [nodes.second, `aws:///us-west-2a/${instanceId}d`],
    ])
      await send({
        method: 'POST',
        path: kubePath('api', 'v1', 'nodes'),
        body: { metadata: { name }, spec: { providerID } },
      });
  }

  return { ...bench, instanceId, nodes, pod, exhaustedBudget, build };
}

export type World = ReturnType<typeof createWorld>;

export function valueIn<T>(answer: ApiAnswer<T>): T {
  if (!answer.ok) throw new Error(`${answer.failure.code} ${answer.failure.message}`);
  return answer.value;
}

export function failureIn(answer: ApiAnswer<unknown>): ApiFailure {
  expect(answer.ok).toBe(false);
  if (answer.ok) throw new Error('a value where a failure was expected');
  return answer.failure;
}
