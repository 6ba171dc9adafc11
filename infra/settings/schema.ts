import * as z from 'zod';
import { launchTable } from '../../shared/settings/launch.ts';
import { bucketName, clusterName, hookName, logLevel, namespaceName, topicArn } from '../../shared/settings/readers.ts';
import { drainTable, noticeTable } from '../../shared/settings/terminate.ts';
import { noticeKinds } from '../constructs/notice-rules.ts';
import { auditsSchema } from './audits.ts';
import { sectionOf } from './section.ts';

const text = (pattern: RegExp, expected: string) =>
  z
    .string({ error: ({ input }) => (input === undefined ? 'is missing' : `expected ${expected}`) })
    .regex(pattern, `expected ${expected}`);
const oneOf = <const T extends string>(...choices: readonly [T, ...T[]]) =>
  z.enum(choices, `expected one of ${choices.join(', ')}`);
const wholeNumber = (least: number, most: number) => {
  const expected = `expected a whole number from ${least} to ${most}`;
  return z.int(expected).min(least, expected).max(most, expected);
};
const flag = z.boolean('expected true or false');

const network = z.strictObject({
  name: text(/^[A-Za-z][A-Za-z0-9]{0,31}$/, 'at most 32 letters and digits that begin with a letter'),
  vpcId: text(/^vpc-[0-9a-f]{8,17}$/, 'the id of a VPC'),
  subnetIds: z.array(text(/^subnet-[0-9a-f]{8,17}$/, 'the id of a subnet')).min(1, 'expected at least one subnet'),
  /** Left out: one of our own, which lets out HTTPS and nothing else. */
  securityGroupIds: z
    .array(text(/^sg-[0-9a-f]{8,17}$/, 'the id of a security group'))
    .min(1)
    .optional(),
});

/** Gets hooks of ours that the stack owns. */
const group = z.strictObject({
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a name may hold anything else https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html
  name: text(/^[^:\u0000-\u001f]{1,255}$/, 'the name of an Auto Scaling group'),
  terminate: flag.default(true),
  launch: flag.default(true),
});

const cluster = z.strictObject({
  name: clusterName,
  /** How our roles come into it: by access entries of the stack, by rows that somebody adds to aws-auth, or as somebody else sees to. */
  access: oneOf('entry', 'aws-auth', 'none').default('entry'),
  /** From where its private endpoint can be reached; left out where it has a public one. */
  network: z.string('expected the name of a network').optional(),
  groups: z.array(group).default([]),
});

const hooks = z.strictObject({
  /** Auto Scaling takes 30 to 7200: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html */
  heartbeatTimeoutSeconds: wholeNumber(30, 7200).default(1800),
});

/**
 * How many ticks there may be at the same time: a storm of nodes takes no more from the other functions of the account. `none` sets no
 * limit, for accounts that have not so many to give: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
const ticks = z.union([z.literal('none'), wholeNumber(1, 10_000)], 'expected a whole number from 1 to 10000, or none');
const reservedConcurrency = z.strictObject({ drain: ticks.default(200), launch: ticks.default(100) });

const reports = z.strictObject({
  /** One that exists; left out: the stack makes one and keeps it when the stack goes. */
  bucketName: z.optional(bucketName),
  /** What an audit compares itself with lies there, too, and a week may be between two runs. */
  days: wholeNumber(8, 3650).default(365),
});

/** The whole settings file. Unknown keys are errors; what is left out has its default. */
export const settingsSchema = z.strictObject({
  stackName: text(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'the name of a stack').default('NodeLifecycle'),
  clusters: z.array(cluster).default([]),
  networks: z.array(network).default([]),
  /** Answers for groups that name no cluster. */
  defaultCluster: z.optional(clusterName),
  /** Only groups that are tagged `eks-node-lifecycle/managed=true` are ours. */
  requireTag: flag.default(false),
  /** Hooks that are ours though they do not notify our topic. */
  hookNames: z.array(hookName).default([]),
  hooks: hooks.prefault({}),
  drain: sectionOf(drainTable).default({}),
  launch: sectionOf(launchTable).default({}),
  notices: sectionOf(noticeTable).default({}),
  /** Events that EventBridge does not even pass on. */
  ignoredNotices: z.array(z.enum(noticeKinds, `expected one of ${noticeKinds.join(', ')}`)).default([]),
  /** About target groups and Classic Load Balancers, beyond the label on the node. */
  loadBalancers: oneOf('off', 'wait', 'deregister', 'deregister-all').default('wait'),
  alarmTopicArn: z.optional(topicArn),
  logLevel: z._default(logLevel, 'info'),
  leaseNamespace: z._default(namespaceName, 'eks-node-lifecycle'),
  reservedConcurrency: reservedConcurrency.prefault({}),
  reports: reports.prefault({}),
  /** They look at the clusters that are named, and change nothing. */
  audits: auditsSchema.prefault({}),
});

/** As a file has them. */
export type SettingsInput = z.input<typeof settingsSchema>;
/** With what the file leaves out. */
export type Settings = z.output<typeof settingsSchema>;
