import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../shared/lifecycle/launch-diagnosis.ts';
import { aNode, nodeName } from './builders.ts';
import { facts, instanceId, running } from './launch-facts-builder.ts';

const readConsole = `aws ec2 get-console-output --instance-id ${instanceId} --latest --output text --region us-east-1`;
const absent = { mode: 'API_AND_CONFIG_MAP', entryType: undefined } as const;

describe('an instance that has no Node', () => {
  it.each([
    ['stopped', { state: 'stopped', stateReason: 'Client.UserInitiatedShutdown', tags: {} }, 'is stopped (Client.User'],
    ['terminated', { state: 'terminated', stateReason: undefined, tags: {} }, `${instanceId} is terminated`],
    ['not known to EC2', undefined, `EC2 does not know ${instanceId}`],
  ])('since it is %s', (_, instance, text) => {
    const found = diagnose(facts({ instance, accessEntry: absent }));
    expect(found).toMatchObject({ code: 'instance-not-running', text: expect.stringContaining(text) });
    expect(found.text).toMatch(/ated$|[\w)]$/);
    expect(found.fix).toBe(`aws ec2 describe-instances --instance-ids ${instanceId} --region us-east-1`);
  });

  it('since a Node of another instance has its name', () => {
    const namesake = aNode({ providerId: 'aws:///us-east-1a/i-0old', ready: 'Unknown' });
    const found = diagnose(facts({ namesake, accessEntry: absent }));
    expect(found).toMatchObject({ code: 'name-taken', fix: `kubectl delete node ${nodeName}` });
    expect(found.text).toContain('a Node of aws:///us-east-1a/i-0old');
    expect(found.text).not.toContain('Ready');
  });

  it('since a Node of another instance has its name, which is not to be deleted while it is alive', () => {
    const namesake = aNode({ providerId: 'aws:///us-east-1a/i-0other', ready: 'True' });
    const found = diagnose(facts({ namesake }));
    expect(found).toMatchObject({ code: 'name-taken', fix: `kubectl describe node ${nodeName}` });
    expect(found.text).toContain('i-0other, and that one is Ready');
  });

  it('is not told of while it starts', () => {
    expect(diagnose(facts({ instance: { ...running, state: 'pending' } })).code).toBe('no-node');
  });

  it('since its Node does not say whose it is', () => {
    const found = diagnose(facts({ namesake: aNode({ providerId: undefined }) }));
    expect(found).toMatchObject({ code: 'no-provider-id', fix: `kubectl describe node ${nodeName}` });
    expect(found.text).toContain(`Node ${nodeName} has no provider ID`);
  });

  it('since it is tagged for another cluster', () => {
    const tags = { 'kubernetes.io/cluster/old': 'owned', 'kubernetes.io/cluster/blue': 'owned' };
    const found = diagnose(facts({ instance: { ...running, tags }, accessEntry: absent }));
    expect(found).toMatchObject({ code: 'wrong-cluster-tag', text: expect.stringContaining('blue and old') });
    expect(found.fix).toBe(
      'aws autoscaling create-or-update-tags --tags \'[{"ResourceId":"example-asg","ResourceType":"auto-scaling-group",' +
        '"Key":"kubernetes.io/cluster/demo","Value":"owned","PropagateAtLaunch":true}]\' --region us-east-1',
    );
  });

  it('since its group is tagged for another cluster: of two tags nobody could tell which counts', () => {
    const tags = { 'kubernetes.io/cluster/old': 'owned', 'kubernetes.io/cluster/blue': 'owned' };
    const groupTags = { 'kubernetes.io/cluster/old': 'owned', Name: 'workers' };
    const found = diagnose(facts({ instance: { ...running, tags }, groupTags }));
    expect(found.fix).toBe(
      'aws autoscaling delete-tags --tags \'[{"ResourceId":"example-asg","ResourceType":"auto-scaling-group",' +
        '"Key":"kubernetes.io/cluster/old"}]\' --region us-east-1 && ' +
        'aws autoscaling create-or-update-tags --tags \'[{"ResourceId":"example-asg","ResourceType":"auto-scaling-group",' +
        '"Key":"kubernetes.io/cluster/demo","Value":"owned","PropagateAtLaunch":true}]\' --region us-east-1',
    );
  });

  it('since it is tagged for another cluster, while its group has the tags of both', () => {
    const tags = { 'kubernetes.io/cluster/old': 'owned' };
    const found = diagnose(
      facts({ instance: { ...running, tags }, groupTags: { ...tags, 'kubernetes.io/cluster/demo': 'owned' } }),
    );
    expect(found.fix?.match(/^aws autoscaling delete-tags [^&]*/)?.[0]).not.toContain('cluster/demo');
    expect(found.fix).toMatch(/^aws autoscaling delete-tags .*cluster\/old/);
  });

  it('since it lacks the tag of the cluster, when nothing better is known', () => {
    const untagged = { ...running, tags: { Name: 'x' } };
    expect(diagnose(facts({ instance: untagged }))).toMatchObject({
      code: 'missing-cluster-tag',
      text: expect.stringContaining('lacks the tag kubernetes.io/cluster/demo'),
    });
    expect(diagnose(facts({ instance: untagged, accessEntry: absent }))).toMatchObject({ code: 'role-not-mapped' });
    const console = 'Exited with error on line 7';
    expect(diagnose(facts({ instance: untagged, console }))).toMatchObject({ code: 'bootstrap-failed' });
  });

  it('since it has no role', () => {
    const found = diagnose(facts({ nodeRole: undefined, groupName: "bob's group" }));
    expect(found).toMatchObject({ code: 'no-node-role', text: expect.stringContaining("template of bob's group has") });
    expect(found.fix).toBe(
      "aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names 'bob'\\''s group' --query " +
        "'AutoScalingGroups[].[LaunchTemplate,MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification]' --region us-east-1",
    );
  });

  it('since of its console nothing is known but an error', () => {
    const found = diagnose(facts({ console: 'x\nExited with error on line 302\n' }));
    expect(found).toMatchObject({ code: 'bootstrap-failed', fix: readConsole });
    expect(found.text).toBe(
      `no Node has the provider ID of ${instanceId}; its console says that bootstrap.sh failed: Exited with error on line 302`,
    );
  });

  it('and nothing says why', () => {
    expect(diagnose(facts())).toMatchObject({ code: 'no-node', fix: readConsole });
    expect(diagnose(facts()).text).toContain(`no Node has the provider ID of ${instanceId}: its user data`);
    expect(diagnose(facts()).text).not.toContain('not known');
    expect(diagnose(facts({ console: undefined })).text).toContain('and its console is empty');
  });

  it('is told with all that could not be looked at, and is not guessed', () => {
    const blind = { instance: 'unknown', nodeRole: 'unknown', accessEntry: 'unknown', mappedRoles: 'unknown' } as const;
    const found = diagnose(facts({ ...blind, console: 'unknown' }));
    expect(found.code).toBe('no-node');
    expect(found.text).toMatch(
      /; not known: the instance, the node role, the access entries, the ConfigMap aws-auth, the console$/,
    );
  });
});

it('an instance that has a Node is told by what it says, and not by who may join', () => {
  const found = diagnose(facts({ node: aNode({ ready: 'False' }), accessEntry: absent, mappedRoles: 'unknown' }));
  expect(found).toEqual({
    code: 'node-not-ready',
    text: `Node ${nodeName} is NotReady`,
    fix: `kubectl describe node ${nodeName}`,
  });
});
