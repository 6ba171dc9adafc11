import type { EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../sandbox/aws/aws-error.ts';
import { eksRefusal } from '../../../sandbox/aws/eks-service.ts';
import { refusal } from '../../../sandbox/aws/service-faults.ts';
import { createInstanceDiagnosis } from '../../../shared/adapters/instance-diagnosis.ts';
import { instanceId, never } from '../../sandbox/aws/start-aws.ts';
import { nodeRole, profileArn, startDiagnosis } from './start-diagnosis.ts';

describe('an instance', () => {
  it('is told with what a diagnosis needs', async () => {
    const { sandbox, diagnosis } = await startDiagnosis();
    sandbox.instances.set(instanceId, {
      tags: { 'kubernetes.io/cluster/prod': 'owned', Name: '<node> & co' },
      instanceProfileArn: profileArn,
      privateDnsName: 'ip-10-0-0-1.ec2.internal',
      subnetId: 'subnet-1',
    });
    expect(await diagnosis.instance(instanceId, never)).toEqual({
      state: 'running',
      stateReason: undefined,
      tags: { 'kubernetes.io/cluster/prod': 'owned', Name: '<node> & co' },
      instanceProfileArn: profileArn,
      privateDnsName: 'ip-10-0-0-1.ec2.internal',
      subnetId: 'subnet-1',
    });
  });

  it('that EC2 does not know is undefined, and one without a profile, tags or a name has none', async () => {
    const { sandbox, diagnosis } = await startDiagnosis();
    expect(await diagnosis.instance('i-never', never)).toBeUndefined();
    sandbox.instances.set(instanceId, { platform: 'windows' });
    expect(await diagnosis.instance(instanceId, never)).toMatchObject({ platform: 'windows' });
    sandbox.instances.set(instanceId, { privateDnsName: '' });
    expect(await diagnosis.instance(instanceId, never)).toEqual({ state: 'running', tags: {} });
  });

  it.each([
    [{ code: 'Server.SpotInstanceTermination', message: 'Server.SpotInstanceTermination: reclaimed' }, undefined],
    [
      { code: 'Client.InternalError', message: 'Client error on launch' },
      'Client.InternalError: Client error on launch',
    ],
    [{ code: 'Server.InsufficientInstanceCapacity', message: '' }, 'Server.InsufficientInstanceCapacity'],
  ])('says why it changed its state: %j', async (stateReason, said = stateReason.message) => {
    const { sandbox, diagnosis } = await startDiagnosis();
    sandbox.instances.set(instanceId, { stateReason });
    expect(await diagnosis.instance(instanceId, never)).toMatchObject({ stateReason: said });
  });

  it('that we may not describe is unknown, and not gone', async () => {
    const { sandbox, diagnosis } = await startDiagnosis();
    sandbox.faults.add({ match: /^DescribeInstances$/, effect: refusal('ec2', 'denied') });
    expect(await diagnosis.instance(instanceId, never)).toBe('unknown');
  });

  it('is found on a second page when the first is empty', async () => {
    const pages = [
      { Reservations: [], NextToken: 'two' },
      { Reservations: [{ Instances: [{ State: { Name: 'pending' } }] }] },
    ];
    const client = { send: async () => pages.shift() } as unknown as EC2Client;
    expect(await createInstanceDiagnosis(client).instance(instanceId, never)).toMatchObject({ state: 'pending' });
  });
});

describe('a console', () => {
  it('is read as it is now, or as EC2 kept it where the type can no more', async () => {
    const { sandbox, diagnosis, operations } = await startDiagnosis();
    sandbox.instances.set(instanceId, { console: 'kubelet: Unauthorized é' });
    expect(await diagnosis.consoleOutput(instanceId, never)).toBe('kubelet: Unauthorized é');
    expect(sandbox.calls.at(-1)?.input).toMatchObject({ Latest: 'true' });
    sandbox.instances.set(instanceId, { console: 'kept', nitro: false });
    expect(await diagnosis.consoleOutput(instanceId, never)).toBe('kept');
    expect(operations()).toEqual(Array(3).fill('GetConsoleOutput'));
  });

  it('of which there is nothing yet, or no instance any more, is undefined', async () => {
    const { diagnosis } = await startDiagnosis();
    expect(await diagnosis.consoleOutput(instanceId, never)).toBeUndefined();
    expect(await diagnosis.consoleOutput('i-never', never)).toBeUndefined();
  });

  it('is cut to its last 64 KB', async () => {
    const { sandbox, diagnosis } = await startDiagnosis();
    sandbox.instances.set(instanceId, { console: `first${'x'.repeat(65_531)}last!` });
    const output = await diagnosis.consoleOutput(instanceId, never);
    expect(output).toHaveLength(65_536);
    expect(output).toMatch(/^x.*last!$/);
  });

  it('that we may not read is unknown', async () => {
    const { sandbox, diagnosis } = await startDiagnosis();
    sandbox.faults.add({ match: /^GetConsoleOutput$/, effect: refusal('ec2', 'denied') });
    expect(await diagnosis.consoleOutput(instanceId, never)).toBe('unknown');
  });
});

describe('the role of a node', () => {
  it('is that of its instance profile, whatever the path of that', async () => {
    const { sandbox, diagnosis } = await startDiagnosis();
    expect(await diagnosis.nodeRoleArn(profileArn, never)).toBe(nodeRole);
    expect(sandbox.calls.at(-1)).toMatchObject({ service: 'iam', input: { InstanceProfileName: 'nodes' } });
  });

  it('is undefined when the profile is gone or empty, and unknown when we may not look', async () => {
    const { sandbox, diagnosis } = await startDiagnosis();
    sandbox.instanceProfiles.set('bare', { arn: 'arn', roleArns: [] });
    expect(await diagnosis.nodeRoleArn(`${profileArn}-gone`, never)).toBeUndefined();
    expect(await diagnosis.nodeRoleArn('arn:aws:iam::123456789012:instance-profile/bare', never)).toBeUndefined();
    sandbox.faults.add({ match: /^GetInstanceProfile$/, effect: refusal('iam', 'denied') });
    expect(await diagnosis.nodeRoleArn(profileArn, never)).toBe('unknown');
  });
});

describe('an access entry', () => {
  it('is present or absent, and there is none where only the config map counts', async () => {
    const { sandbox, diagnosis, operations } = await startDiagnosis();
    const mode = 'API_AND_CONFIG_MAP';
    const found = () => diagnosis.accessEntry('prod', nodeRole, never);
    expect(await found()).toEqual({ mode, entryType: undefined });
    const entries = { [nodeRole]: { user: 'system:node', groups: ['system:nodes'] } };
    const prod = { name: 'prod', status: 'ACTIVE', accessEntries: entries } as const;
    sandbox.clusters.set('prod', prod);
    expect(await found()).toEqual({ mode, entryType: 'EC2_LINUX' });
    const standard = { [nodeRole]: { user: nodeRole, groups: [] } };
    sandbox.clusters.set('prod', { ...prod, authenticationMode: 'API', accessEntries: standard });
    expect(await found()).toEqual({ mode: 'API', entryType: 'STANDARD' });
    sandbox.clusters.set('prod', { ...prod, authenticationMode: 'CONFIG_MAP' });
    expect(await found()).toEqual({ mode: 'CONFIG_MAP', entryType: undefined });
    expect(operations().at(-1)).toBe('DescribeCluster');
  });

  it('is not to be had where EKS itself says that the mode knows none', async () => {
    const { sandbox, diagnosis } = await startDiagnosis();
    const message = "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP]";
    const answer = eksRefusal(new AwsError(400, 'InvalidRequestException', message));
    sandbox.faults.add({ match: /^DescribeAccessEntry$/, effect: { answer } });
    expect(await diagnosis.accessEntry('prod', nodeRole, never)).toEqual({ mode: 'CONFIG_MAP', entryType: undefined });
  });

  it('is unknown in a cluster that is gone, which is no fault of the role', async () => {
    const { diagnosis } = await startDiagnosis();
    expect(await diagnosis.accessEntry('gone', nodeRole, never)).toBe('unknown');
  });

  it('is not made up when the request is refused for another reason', async () => {
    const { sandbox, diagnosis } = await startDiagnosis();
    const answer = eksRefusal(new AwsError(400, 'InvalidRequestException', 'The cluster is being updated'));
    sandbox.faults.add({ match: /^DescribeAccessEntry$/, effect: { answer } });
    await expect(diagnosis.accessEntry('prod', nodeRole, never)).rejects.toThrow('The cluster is being updated');
  });

  it.each(['DescribeCluster', 'DescribeAccessEntry'])('is unknown when %s is forbidden', async (operation) => {
    const { sandbox, diagnosis } = await startDiagnosis();
    sandbox.faults.add({ match: new RegExp(`^${operation}$`), effect: refusal('eks', 'denied') });
    expect(await diagnosis.accessEntry('prod', nodeRole, never)).toBe('unknown');
  });
});
