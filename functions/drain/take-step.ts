import * as z from 'zod/mini';
import type { End, EndReason } from '../../shared/lifecycle/end.ts';
import { type Begun, beginDrain } from '../../shared/manual/begin-drain.ts';
import type { CommonRequest, NodeToDrain } from '../../shared/manual/drain-request.ts';
import { finishRequest, type RequestResult } from '../../shared/manual/finish-request.ts';
import { type DrainOutput, type Judged, judgeDrain } from '../../shared/manual/judge-drain.ts';
import type { NodeResult } from '../../shared/manual/node-result.ts';
import { manualOptions } from '../../shared/settings/manual-options.ts';
import type { Desk } from './manual-ports.ts';

const text = z.string().check(z.minLength(1));
const request = z.object({
  requestId: text,
  requestedBy: z.optional(z.string()),
  account: text,
  region: text,
  cluster: text,
  options: manualOptions,
  maxUnavailable: z.union([z.number(), z.string()]),
  terminate: z.optional(z.object({ decrement: z.boolean() })),
});
const node = z.object({ name: text, instanceId: text, zone: z.optional(text) });
/** Of the execution of a drain: what another version of it says besides is not for here. */
const drained = z.looseObject({
  status: z.optional(z.string()),
  end: z.optional(
    z.looseObject({
      reason: text as z.ZodMiniType<EndReason>,
      text: z.string(),
      completion: z.nullable(z.string()),
      alarm: z.boolean(),
    }),
  ),
  report: z.optional(z.nullable(z.string())),
});
const result = z.looseObject({ node: text, outcome: text, text: z.string() });

const step = z.discriminatedUnion('step', [
  z.object({ step: z.literal('begin'), request, node }),
  z.object({
    step: z.literal('judge'),
    request,
    node,
    drained: z.nullable(drained),
    judged: z.object({ tries: z.number() }),
  }),
  z.object({
    step: z.literal('finish'),
    request,
    waves: z.array(z.array(node)),
    results: z.array(z.array(result)),
  }),
]);

export type Step = z.output<typeof step>;

/** What the machine of requests asks, unlike a person. */
export function isStep(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'step' in event;
}

/** Throws an error that names every field that is not as the machine sends it. */
export function readStep(event: unknown): Step {
  const read = step.safeParse(event);
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.') || 'event'}: ${message}`);
  throw new TypeError(`not a step of a request: ${problems.join('; ')}`);
}

/** One step of the machine between the nodes of a request. Throws what it cannot explain: it is asked again. */
export async function takeStep(
  asked: Step,
  { cluster, inventory, ports, settings, signal }: Desk,
): Promise<Begun | Judged | RequestResult> {
  const common = asked.request as CommonRequest;
  switch (asked.step) {
    case 'begin':
      return beginDrain(common, asked.node as NodeToDrain, { cluster, clock: ports.clock }, signal);
    case 'judge': {
      const statusOf = (execution: string) => ports.executions.status(execution, settings.drainMachineArn, signal);
      const { groups, clock } = ports;
      const before = { output: outputOf(asked.drained), tries: asked.judged.tries };
      return judgeDrain(
        common,
        asked.node as NodeToDrain,
        before,
        { cluster, inventory, groups, clock, statusOf },
        signal,
      );
    }
    case 'finish':
      return finishRequest(
        common,
        asked.waves.flat(),
        asked.results.flat() as NodeResult[],
        { cluster, inventory },
        signal,
      );
  }
}

function outputOf(answer: z.output<typeof drained> | null): DrainOutput {
  if (answer?.status !== 'done' || !answer.end) return null;
  return { end: answer.end as End, report: answer.report ?? null };
}
