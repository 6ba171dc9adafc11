import { DescribeInstancesCommand, type EC2Client, GetConsoleOutputCommand, type Instance } from '@aws-sdk/client-ec2';
import type { DiagnosisPort, InstanceView } from '../launch/launch-ports.ts';
import { answered } from './answered.ts';
import { during } from './during.ts';
import { isNamed } from './error-name.ts';
import { findInPages } from './find-in-pages.ts';

/** EC2 keeps no more than that either. */
const mostConsoleBytes = 65_536;

/** EC2's part of a diagnosis. Import this module only when it is needed: the EC2 client is by far the largest. */
export function createInstanceDiagnosis(
  client: Pick<EC2Client, 'send'>,
): Pick<DiagnosisPort, 'instance' | 'consoleOutput'> {
  return {
    instance: (instanceId, signal) =>
      during(
        `describing instance ${instanceId} of EC2`,
        signal,
        findInPages(
          (NextToken) =>
            client.send(new DescribeInstancesCommand({ InstanceIds: [instanceId], NextToken }), {
              abortSignal: signal,
            }),
          (page) => page.Reservations?.flatMap(({ Instances = [] }) => Instances).map(viewInstance)[0],
        ).catch((error: unknown) => {
          if (isNamed(error, 'InvalidInstanceID.NotFound')) return undefined;
          if (isNamed(error, 'UnauthorizedOperation')) return 'unknown' as const;
          throw error;
        }),
      ),

    consoleOutput: (instanceId, signal) =>
      during(
        `reading the console of instance ${instanceId}`,
        signal,
        readConsole(client, instanceId, signal).catch((error: unknown) => {
          if (isNamed(error, 'UnauthorizedOperation')) return 'unknown' as const;
          if (isNamed(error, 'InvalidInstanceID.NotFound')) return undefined;
          throw error;
        }),
      ),
  };
}

/**
 * What the instance writes now, where its type allows that; otherwise what EC2 kept after the last change of its state.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html
 */
async function readConsole(
  client: Pick<EC2Client, 'send'>,
  InstanceId: string,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  const latest = client.send(new GetConsoleOutputCommand({ InstanceId, Latest: true }), { abortSignal });
  const { Output } = await latest.catch((error: unknown) => {
    if (!isNamed(error, 'UnsupportedOperation')) throw error;
    return client.send(new GetConsoleOutputCommand({ InstanceId }), { abortSignal });
  });
  if (!Output) return undefined;
  return Buffer.from(Output, 'base64').subarray(-mostConsoleBytes).toString();
}

function viewInstance(instance: Instance): InstanceView {
  const { State, StateReason, Tags = [], IamInstanceProfile, PrivateDnsName, SubnetId, Platform } = instance;
  return {
    state: answered('State.Name', State?.Name),
    stateReason: reasonOf(StateReason),
    tags: Object.fromEntries(Tags.map(({ Key, Value }) => [answered('Key', Key), Value ?? ''])),
    instanceProfileArn: IamInstanceProfile?.Arn,
    // An instance that is terminated has an empty one.
    privateDnsName: PrivateDnsName || undefined,
    subnetId: SubnetId,
    ...(Platform?.toLowerCase() === 'windows' ? { platform: 'windows' } : {}),
  };
}

/** The message mostly begins with the code, and sometimes does not. */
function reasonOf({ Code, Message }: NonNullable<Instance['StateReason']> = {}): string | undefined {
  if (!Code || !Message) return Message || Code || undefined;
  return Message.startsWith(Code) ? Message : `${Code}: ${Message}`;
}
