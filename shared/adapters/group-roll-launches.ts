import {
  DescribeLaunchTemplatesCommand,
  type EC2Client,
  type LaunchTemplate,
  paginateDescribeInstances,
} from '@aws-sdk/client-ec2';
import { answered } from './answered.ts';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';
import { DeniedError } from './paced-calls.ts';

/** The most values of one filter: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html */
const idsAtOnce = 200;

/** By id; those that are gone are left out. */
export async function templateVersionsOf(
  client: EC2Client,
  templateIds: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, { latest: string; default: string }>> {
  const found = new Map<string, { latest: string; default: string }>();
  for (const id of templateIds) {
    const template = await templateOf(client, id, signal);
    if (!template) continue;
    const { LatestVersionNumber, DefaultVersionNumber } = template;
    found.set(id, {
      latest: String(answered('LatestVersionNumber', LatestVersionNumber)),
      default: String(answered('DefaultVersionNumber', DefaultVersionNumber)),
    });
  }
  return found;
}

/** One at a time, since one that is gone would fail the call for all. */
function templateOf(client: EC2Client, id: string, signal: AbortSignal): Promise<LaunchTemplate | undefined> {
  return during(
    `describing launch template ${id}`,
    signal,
    client
      .send(new DescribeLaunchTemplatesCommand({ LaunchTemplateIds: [id] }), { abortSignal: signal })
      .then(({ LaunchTemplates: [template] = [] }) => template)
      .catch(deniedByEc2('DescribeLaunchTemplates'))
      .catch((error: unknown) => {
        if (isNamed(error, 'InvalidLaunchTemplateId.NotFound')) return undefined;
        throw error;
      }),
  );
}

/** Epoch milliseconds by id. By a filter, for which an instance that EC2 has forgotten is no error. */
export async function launchTimesOf(
  client: EC2Client,
  instanceIds: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  const collect = async (some: readonly string[]) => {
    const Filters = [{ Name: 'instance-id', Values: [...some] }];
    for await (const { Reservations = [] } of paginateDescribeInstances(
      { client },
      { Filters },
      { abortSignal: signal },
    )) {
      for (const { InstanceId, LaunchTime } of Reservations.flatMap(({ Instances = [] }) => Instances)) {
        times.set(answered('InstanceId', InstanceId), answered('LaunchTime', LaunchTime).getTime());
      }
    }
  };
  for (let from = 0; from < instanceIds.length; from += idsAtOnce) {
    const some = instanceIds.slice(from, from + idsAtOnce);
    const what = `describing ${some.length} instances of EC2`;
    await during(what, signal, collect(some).catch(deniedByEc2('DescribeInstances')));
  }
  return times;
}

function deniedByEc2(operation: string) {
  return (error: unknown): never => {
    if (!isNamed(error, 'UnauthorizedOperation')) throw error;
    throw new DeniedError(`ec2:${operation}`, { cause: error });
  };
}
