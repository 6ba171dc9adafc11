import * as z from 'zod/mini';
import type { Diagnosis } from '../../shared/lifecycle/diagnosis.ts';
import type { BlockedPod } from '../../shared/manual/check-targets.ts';
import type { DrainStatus } from '../../shared/manual/drain-status.ts';
import type { DryRunLine } from '../../shared/manual/dry-run.ts';
import type {
  ErrorAnswer,
  ErrorCode,
  PlanAnswer,
  StartAnswer,
  StatusAnswer,
  StopAnswer,
  StoppedNode,
} from './answer.ts';
import { planSchema, withoutNode } from './plan-schema.ts';
import { count, optional, type Shape, text } from './schema-parts.ts';

const version = z.literal(1);
const instant = z.string().register(z.globalRegistry, { description: 'ISO 8601' });

/** Each once: a code without its entry does not compile. */
const codes: Record<ErrorCode, 1> = {
  ...{ 'invalid-request': 1, 'no-cluster': 1, 'no-node': 1, 'two-nodes': 1, 'eks-managed': 1, 'too-many-nodes': 1 },
  ...{ 'no-instance': 1, blocked: 1, 'request-over': 1, 'bad-selector': 1, 'not-mapped': 1, denied: 1 },
  ...{ 'cluster-unreachable': 1, 'cluster-refuses': 1, 'answer-too-large': 1 },
};

const execution = z.strictObject({
  arn: text,
  status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE', 'missing']),
});

const blockedPod = z.strictObject({
  node: text,
  namespace: text,
  name: text,
  code: text,
  reason: text,
} satisfies Shape<BlockedPod>);

const errorAnswer = z.strictObject({
  version,
  action: optional(z.enum(['plan', 'start', 'status', 'stop'])),
  error: z.strictObject({ code: z.enum(Object.keys(codes) as ErrorCode[]), message: text, next: text }),
  problems: optional(z.array(z.strictObject({ path: text, message: text }))),
  near: optional(z.array(text)),
  blocked: optional(z.array(blockedPod)),
  requestId: optional(text),
} satisfies Shape<ErrorAnswer>);

const planAnswer = z.strictObject({ version, action: z.literal('plan'), plan: planSchema } satisfies Shape<PlanAnswer>);

const dryRunLine = z.strictObject({
  node: text,
  pod: optional(text),
  does: z.enum(['cordon', 'evict', 'delete', 'block']),
  accepted: z.boolean(),
  text,
} satisfies Shape<DryRunLine>);

const startAnswer = z.strictObject({
  version,
  action: z.literal('start'),
  requestId: text,
  cluster: text,
  waves: optional(z.array(z.array(text))),
  maxUnavailable: optional(count),
  withoutNode: optional(z.array(withoutNode)),
  execution: optional(execution),
  joined: optional(z.literal(true)),
  dryRun: optional(z.enum(['client', 'server'])),
  lines: optional(z.array(dryRunLine)),
} satisfies Shape<StartAnswer>);

const held = z.strictObject({
  code: text,
  text,
  pods: z.array(text),
  count,
  command: optional(text),
} satisfies Shape<Diagnosis>);

const nodeStatus = z.strictObject({
  version,
  node: text,
  phase: z.enum(['none', 'queued', 'draining', 'stopping', 'silent', 'ended']),
  drain: optional(text),
  execution: optional(text),
  startedAt: optional(instant),
  deadlineAt: optional(instant),
  endsAt: optional(instant),
  seenAt: optional(instant),
  ended: optional(text),
  byHand: z.boolean(),
  cordoned: z.boolean(),
  pods: z.strictObject({ evictable: count, staying: count, terminating: count, gone: count }),
  blocked: z.array(held),
  heartbeatAt: optional(instant),
} satisfies Shape<DrainStatus>);

const statusAnswer = z.strictObject({
  version,
  action: z.literal('status'),
  cluster: text,
  nodes: z.array(nodeStatus),
  notShown: count,
  requests: z.array(z.strictObject({ requestId: text, execution })),
} satisfies Shape<StatusAnswer>);

const stopAnswer = z.strictObject({
  version,
  action: z.literal('stop'),
  cluster: text,
  nodes: z.array(
    z.strictObject({
      node: text,
      result: z.enum(['told', 'undone', 'not-marked', 'refused']),
      drain: optional(text),
      text,
    } satisfies Shape<StoppedNode>),
  ),
} satisfies Shape<StopAnswer>);

/** What the function answers; docs/manual-drain.schema.json is made of it, and of what it is asked. */
export const manualAnswer = z.union([planAnswer, startAnswer, statusAnswer, stopAnswer, errorAnswer]);
