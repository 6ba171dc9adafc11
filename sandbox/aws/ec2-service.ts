import { randomUUID } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import type { SandboxInstance } from './lifecycle.ts';
import { listOf, readQuery } from './query-protocol.ts';
import type { ScalingGroups } from './scaling-groups.ts';
import type { Operation, WireAnswer, WireService } from './wire.ts';
import { type XmlValue, xmlAnswer } from './xml.ts';

/** What EC2 tells of an instance beside its state. */
export interface InstanceDetails {
  tags?: Record<string, string>;
  instanceProfileArn?: string;
  privateDnsName?: string;
  subnetId?: string;
  stateReason?: { code: string; message: string };
  spot?: boolean;
  platform?: 'windows';
  /** Maintenance that is to come, or was: its description begins with `[Completed]` or `[Canceled]` then. */
  scheduledEvents?: { code: string; description: string }[];
  console?: string;
  /** Whether its type can tell what its console says now; default yes. */
  nitro?: boolean;
}

interface Context {
  scaling: Pick<ScalingGroups, 'instance' | 'templates'>;
  instances: ReadonlyMap<string, InstanceDetails>;
}

const stateCodes = { running: 16, 'shutting-down': 32, terminated: 48, stopping: 64, stopped: 80 };

/** Instances in the EC2 query protocol: https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
export function createEc2Service({ scaling, instances }: Context): WireService {
  const instanceNamed = (instanceId: string) => {
    const instance = scaling.instance(instanceId);
    if (!instance) {
      throw new AwsError(400, 'InvalidInstanceID.NotFound', `The instance ID '${instanceId}' does not exist`);
    }
    return { ...instance, details: instances.get(instanceId) ?? {} };
  };

  const operations: Record<string, (input: Operation['input']) => Record<string, XmlValue>> = {
    DescribeInstances: (input) => {
      const filtered = idsOfFilter(input).filter((instanceId) => scaling.instance(instanceId)?.lifecycleState);
      const ids = [...listOf(input, 'InstanceId'), ...filtered];
      const instancesSet = ids.map((instanceId) => describe(instanceNamed(instanceId)));
      return { reservationSet: [{ reservationId: 'r-0123456789abcdef0', instancesSet }] };
    },
    DescribeInstanceStatus: (input) => ({
      instanceStatusSet: listOf(input, 'InstanceId').flatMap((instanceId) => {
        const { ec2State, details } = instanceNamed(instanceId);
        if (ec2State !== 'running' && input.IncludeAllInstances !== 'true') return [];
        const eventsSet = details.scheduledEvents?.map((event) => ({ ...event }));
        return [{ instanceId, instanceState: stateOf(ec2State), eventsSet }];
      }),
    }),
    DescribeLaunchTemplates: (input) => ({ launchTemplates: describeTemplates(scaling.templates, input) }),
    GetConsoleOutput: ({ InstanceId, Latest }) => {
      const { id, details } = instanceNamed(String(InstanceId));
      if (Latest === 'true' && details.nitro === false) {
        throw new AwsError(
          400,
          'UnsupportedOperation',
          'This instance type does not support the latest console output',
        );
      }
      const output = details.console && Buffer.from(details.console).toString('base64');
      return { instanceId: id, timestamp: new Date(0).toISOString(), output };
    },
  };

  return {
    read: readQuery,
    answer: ({ name, input }) => {
      const operation = operations[name];
      if (!operation) {
        throw new AwsError(400, 'InvalidAction', `The action ${name} is not valid for this web service.`);
      }
      const namespace = 'http://ec2.amazonaws.com/doc/2016-11-15/';
      const value = { requestId: randomUUID(), ...operation(input) };
      return xmlAnswer(200, `${name}Response`, value, { item: 'item', namespace });
    },
    refuse: ec2Refusal,
  };
}

type Described = SandboxInstance & { ec2State: keyof typeof stateCodes; details: InstanceDetails };

const stateOf = (name: keyof typeof stateCodes) => ({ code: stateCodes[name], name });

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html: what a filter does not find is no error. */
function idsOfFilter(input: Operation['input']): string[] {
  return input['Filter.1.Name'] === 'instance-id' ? listOf(input, 'Filter.1.Value') : [];
}

function describeTemplates(templates: ScalingGroups['templates'], input: Operation['input']): XmlValue[] {
  return listOf(input, 'LaunchTemplateId').map((launchTemplateId) => {
    const template = templates.get(launchTemplateId);
    if (!template) {
      const message = `The specified launch template, with template ID ${launchTemplateId}, does not exist.`;
      throw new AwsError(400, 'InvalidLaunchTemplateId.NotFound', message);
    }
    const { name, latest, default: defaultVersion } = template;
    return {
      launchTemplateId,
      launchTemplateName: name,
      latestVersionNumber: latest,
      defaultVersionNumber: defaultVersion,
    };
  });
}

function describe({ id, ec2State, launchedAt = 0, details }: Described): XmlValue {
  const { tags = {}, instanceProfileArn, privateDnsName, subnetId, stateReason, spot, platform } = details;
  return {
    instanceId: id,
    instanceState: stateOf(ec2State),
    launchTime: new Date(launchedAt).toISOString(),
    instanceLifecycle: spot ? 'spot' : undefined,
    platform,
    privateDnsName,
    subnetId,
    stateReason: stateReason && { ...stateReason },
    tagSet: Object.entries(tags).map(([key, value]) => ({ key, value })),
    iamInstanceProfile: instanceProfileArn === undefined ? undefined : { arn: instanceProfileArn, id: 'AIPAEXAMPLE' },
  };
}

export function ec2Refusal({ status, code, message }: AwsError): WireAnswer {
  const value = { Errors: { Error: { Code: code, Message: message } }, RequestID: randomUUID() };
  return xmlAnswer(status, 'Response', value);
}
