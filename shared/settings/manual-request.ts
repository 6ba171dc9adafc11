import * as z from 'zod/mini';
import { parseSelector } from '../lifecycle/parse-selector.ts';
import { clusterName } from './readers.ts';

/** A drain's own execution ticks at least once in two minutes, and what waits for it has room for one node's day at most. */
export const mostTimeoutSeconds = 43_200;
/** Of 25,000 events each takes some 24, and of 256 KB about half a kilobyte. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const mostNodes = 300;

/** For the JSON schema. */
function said<T extends z.ZodMiniType>(schema: T, description: string): T {
  z.globalRegistry.add(schema, { description });
  return schema;
}
/** Also when something else is wrong: every problem is told at once. */
const when = () => true;
const isGiven = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null;
const text = (most: number) =>
  z.string().check(z.minLength(1, 'is empty'), z.maxLength(most, `expected at most ${most} characters`));
const flag = () => z.boolean('expected true or false');
const whole = (least: number, most: number, expected = `expected a whole number from ${least} to ${most}`) =>
  z.int(expected).check(z.gte(least, expected), z.lte(most, expected));
const optional = <T extends z.ZodMiniType>(schema: T, description: string) => said(z.optional(schema), description);

const nodeName = text(253);

const target = z
  .strictObject({
    node: optional(nodeName, 'The name of a node.'),
    nodes: optional(
      z.array(nodeName).check(z.minLength(1, 'names none'), z.maxLength(mostNodes, `names more than ${mostNodes}`)),
      'Several nodes by their names.',
    ),
    instance: optional(
      z.string().check(z.regex(/^i-[0-9a-f]{8,17}$/, 'expected the id of an instance, i-…')),
      'An EC2 instance.',
    ),
    selector: optional(text(4096), 'Labels of nodes, as kubectl -l takes them.'),
    asg: optional(text(255), 'An Auto Scaling group.'),
  })
  .check(z.refine((given) => Object.keys(given).length === 1, 'expected one of node, nodes, instance, selector, asg'))
  .register(z.globalRegistry, { description: 'Which nodes: one of these.', minProperties: 1, maxProperties: 1 });

const podSelector = text(4096).check(
  z.refine((selector) => 'selector' in parseSelector(selector), {
    error: ({ input }) => problemIn(parseSelector(String(input))),
  }),
);
const problemIn = (read: ReturnType<typeof parseSelector>) => ('problem' in read ? read.problem : undefined);

const noLimit =
  `expected 1 to ${mostTimeoutSeconds}: an execution of Step Functions remembers 25,000 events, and a drain without an end would fill it; ` +
  'enl drain start --local has no limit';

/** What is asked of each drain; as in `kubectl drain`. */
const options = {
  force: optional(flag(), 'Pods that nothing puts elsewhere go, too.'),
  deleteEmptyDirData: optional(flag(), 'Pods with emptyDir volumes go, too.'),
  disableEviction: optional(flag(), 'Pods are deleted: no disruption budget is asked.'),
  gracePeriodSeconds: optional(whole(0, 31_536_000), 'Of every pod, instead of its own; less than 1 counts as 1.'),
  timeoutSeconds: optional(
    whole(1, mostTimeoutSeconds, noLimit),
    'From the start of a node’s drain to its end; default: deadlineSeconds of the stack’s settings.',
  ),
  podSelector: optional(podSelector, 'Only pods with these labels go: as kubectl takes them.'),
  onDeadline: optional(z.enum(['stop', 'force']), 'What becomes of pods that are left at the timeout; default: stop.'),
  surgeSingletons: optional(flag(), 'Deployments whose ready pods are all on the node are restarted first.'),
};

const someNodes = 'expected a whole number from 1, or a percentage as "25%"';
const maxUnavailable = optional(
  z.union(
    [
      z.int(someNodes).check(z.gte(1, someNodes)),
      z.string().check(z.regex(/^(?:100|[1-9]\d?)%$/, someNodes)) as z.ZodMiniType<`${number}%`>,
    ],
    someNodes,
  ),
  'Nodes that are drained at the same time, or such a part of them; default 1, at most 40 at once.',
);
const common = { cluster: said(clusterName as z.ZodMiniType<string>, 'The name of an EKS cluster.') };
/** As a part of names of executions, which hold 80 characters. */
const requestId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/, 'expected up to 32 letters, digits and hyphens'));

const plan = z.strictObject({ action: z.literal('plan'), ...common, target, maxUnavailable, ...options });

const start = z
  .strictObject({
    action: z.literal('start'),
    ...common,
    target,
    maxUnavailable,
    ...options,
    terminate: optional(flag(), 'Auto Scaling is asked to end the instance of each node that is drained.'),
    decrement: optional(flag(), 'The group is to keep one less for each; only with terminate.'),
    dryRun: optional(
      z.enum(['client', 'server']),
      'client: says what would be done. server: the API server is asked what it would answer. Nothing is changed.',
    ),
    requestedBy: optional(text(200), 'Who asks, for whoever looks at the node.'),
    requestId: optional(requestId, 'Asked again under the same id, nothing is started twice; default: a new one.'),
  })
  .check(
    z.refine((given) => !isGiven(given) || given.decrement === undefined || given.terminate === true, {
      message: 'only with "terminate": true',
      path: ['decrement'],
      when,
    }),
    z.refine((given) => !isGiven(given) || given.podSelector === undefined || given.terminate !== true, {
      message: 'not with "terminate": true, which would end the pods that were not selected with their node',
      path: ['podSelector'],
      when,
    }),
  );

const status = z.strictObject({
  action: z.literal('status'),
  ...common,
  target: z.optional(target),
  requestId: optional(requestId, 'Nodes of this request; neither a target nor this: all nodes that have a mark.'),
});

const stop = z
  .strictObject({
    action: z.literal('stop'),
    ...common,
    target: z.optional(target),
    requestId: optional(requestId, 'Every node of this request.'),
    hook: optional(
      z.enum(['complete', 'wait']),
      'What becomes of a lifecycle action that waits for such a drain: completed now, or left to its timeout; default: wait.',
    ),
  })
  .check(
    z.refine((given) => !isGiven(given) || (given.target === undefined) !== (given.requestId === undefined), {
      message: 'expected either target or requestId',
      path: ['target'],
      when,
    }),
  );

/** What the function for drains by hand is asked. */
export const manualRequest = z.discriminatedUnion('action', [plan, start, status, stop]);

export type ManualRequest = z.output<typeof manualRequest>;
export type RequestOf<A extends ManualRequest['action']> = Extract<ManualRequest, { action: A }>;
export type ManualTargetInput = z.output<typeof target>;

/** The names of what is asked of each drain. */
export const optionNames = Object.keys(options) as readonly (keyof typeof options)[];
