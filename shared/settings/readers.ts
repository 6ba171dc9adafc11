import * as z from 'zod/mini';

/** Reads the text of an environment variable into a value. Its messages name what is expected, never what was given. */
export type Reader<T> = z.core.$ZodType<T, string>;

const textLike = (pattern: RegExp, expected: string): Reader<string> =>
  z.string().check(z.regex(pattern, `expected ${expected}`));

export function oneOf<const T extends string>(...choices: readonly T[]): Reader<T> {
  return z.enum(choices as readonly [T, ...T[]], `expected one of ${choices.join(', ')}`) as unknown as Reader<T>;
}

export function wholeNumber(least: number, most: number): Reader<number> {
  const expected = `expected a whole number from ${least} to ${most}`;
  const digits = z.string().check(z.regex(/^(?:0|[1-9]\d{0,8})$/, expected));
  return z.pipe(digits, z.pipe(z.transform(Number), z.int().check(z.gte(least, expected), z.lte(most, expected))));
}

/** `true` or `false`. */
export const flag: Reader<boolean> = z.pipe(
  z.enum(['true', 'false'], 'expected true or false'),
  z.transform((text) => text === 'true'),
) as unknown as Reader<boolean>;

/** Entries parted by commas; an empty list is written by leaving the variable out. */
export function listOf(entry: Reader<string>): Reader<readonly string[]> {
  const entries = z.array(entry).check(z.refine((list) => new Set(list).size === list.length, 'names an entry twice'));
  const parts = z.transform((text: string) => text.split(',').map((part) => part.trim()));
  return z.pipe(z.string(), z.pipe(parts, entries));
}

export const accountId = textLike(/^\d{12}$/, 'an account id of twelve digits');
export const topicArn = textLike(
  /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/,
  'the ARN of a standard SNS topic',
);
export const roleArn = textLike(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/, 'the ARN of a role');
export const stateMachineArn = textLike(
  /^arn:aws[a-z-]*:states:[a-z0-9-]+:\d{12}:stateMachine:[A-Za-z0-9_-]{1,80}(?::[A-Za-z0-9_.-]{1,80})?$/,
  'the ARN of a state machine',
);
/** JSON, kept as its text: the networks of the intake's settings. */
export const tickNetworks: Reader<string> = z.string().check(
  z.refine((text) => {
    try {
      return z.safeParse(networks, JSON.parse(text)).success;
    } catch {
      return false; // not even JSON
    }
  }, 'expected JSON: a list of clusters, terminate and launch'),
);
/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LifecycleHook.html */
export const hookName = textLike(/^[A-Za-z0-9_/-]{1,255}$/, 'the name of a lifecycle hook');
/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export const clusterName = textLike(/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/, 'the name of an EKS cluster');
/** A shell takes it as it is, but for a # at its beginning. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const logGroupName = textLike(/^[\w./][\w./#-]{0,511}$/, 'the name of a log group');
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketName = textLike(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of an S3 bucket');
export const s3Url = textLike(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/[\w!.*'()/-]{1,1024}$/, 's3://BUCKET/KEY');
/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export const namespaceName = textLike(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'the name of a Kubernetes namespace');
const networks = z.array(
  z.strictObject({ clusters: z.array(clusterName), terminate: stateMachineArn, launch: stateMachineArn }),
);
const daemonSet = textLike(
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\/[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$|^none$/,
  'namespace/name of a DaemonSet',
);
/** `namespace/name` of DaemonSets, or `none` alone. */
export const daemonSets: Reader<readonly string[]> = z.pipe(
  listOf(daemonSet),
  z
    .array(z.string())
    .check(z.refine((list) => list.length === 1 || !list.includes('none'), 'names none beside others')),
) as unknown as Reader<readonly string[]>;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a path may hold anything else
export const folderPath = textLike(/^[^\u0000-\u001f]{1,1024}$/, "a folder's path");
export const logLevel = oneOf('debug', 'info', 'warn', 'error');
export type LogLevel = z.output<typeof logLevel>;
