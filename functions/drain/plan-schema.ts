import * as z from 'zod/mini';
import type {
  BudgetPlan,
  DrainPlan,
  DurationPlan,
  InstanceWithoutNode,
  NodePlan,
  PlacementPlan,
  PodPlan,
  SingletonPlan,
  UnknownPlan,
} from '../../shared/plan/drain-plan.ts';
import { count, optional, type Shape, text } from './schema-parts.ts';

const texts = z.array(text);
const verdict = z.enum(['drainable', 'blocked', 'cannot-tell']);
const range = { lowSeconds: z.number(), highSeconds: z.nullable(z.number()) };

export const withoutNode = z.strictObject({
  instanceId: text,
  lifecycleState: text,
  zone: optional(text),
} satisfies Shape<InstanceWithoutNode>);

const pod = z.strictObject({
  namespace: text,
  name: text,
  verdict: text,
  code: text,
  reason: text,
  warning: optional(z.literal(true)),
  budgets: optional(texts),
  localData: optional(texts),
  singleton: optional(text),
  replacement: optional(z.looseObject({})),
} satisfies Shape<PodPlan>);

const node = z.strictObject({
  name: text,
  instanceId: optional(text),
  zone: optional(text),
  ready: z.boolean(),
  cordoned: z.boolean(),
  verdict,
  summary: text,
  pods: z.array(pod),
  duration: z.strictObject(range),
} satisfies Shape<NodePlan>);

const budget = z.strictObject({
  namespace: text,
  name: text,
  needs: count,
  has: count,
  allows: count,
  pods: count,
  outlook: z.enum(['lets-go', 'holds', 'never', 'bypassed']),
  text,
  next: optional(text),
} satisfies Shape<BudgetPlan>);

/** Of functions/drain/answer-schema.ts; a field of the plan that is missing here does not compile. */
export const planSchema = z.strictObject({
  version: z.literal(1),
  at: text,
  cluster: optional(text),
  target: text,
  verdict,
  exitCode: z.enum({ drainable: 0, blocked: 1, cannotTell: 2 }),
  summary: text,
  next: texts,
  maxUnavailable: count,
  nodes: z.array(node),
  budgets: z.array(budget),
  singletons: z.array(
    z.strictObject({ workload: text, readyPods: count, nodes: texts, text } satisfies Shape<SingletonPlan>),
  ),
  placement: z.strictObject({
    fits: count,
    pending: count,
    notSimulated: count,
    assumptions: texts,
  } satisfies Shape<PlacementPlan>),
  duration: z.strictObject({ ...range, assumptions: texts } satisfies Shape<DurationPlan>),
  unknown: z.array(z.strictObject({ text, right: optional(text), message: text } satisfies Shape<UnknownPlan>)),
  withoutNode: z.array(withoutNode),
} satisfies Shape<DrainPlan>);
