import { describe, expect, test } from 'vitest';
import { neededServices } from '../../../../shared/audit/network/needed-endpoints.ts';
import { nodePlaces } from '../../../../shared/audit/network/node-places.ts';
import { securityGroupsOf } from '../../../../shared/audit/network/security-groups-of.ts';
import { aSnapshot, contextOf } from './builders.ts';
import { aNode, cni, type Nodes, withNodes } from './node-builders.ts';

const context = (line: Nodes) =>
  contextOf(aSnapshot(withNodes({ subnets: { 'subnet-a': {}, 'subnet-b': {} }, ...line })));

describe('where nodes are', () => {
  const all = (line: Nodes) => nodePlaces(context(line)).map(({ name, subnetIds }) => `${name}: ${subnetIds}`);

  test("a managed node group's Auto Scaling group is no place of its own, whichever of the two says so", () => {
    const own = { Tags: [{ Key: 'kubernetes.io/cluster/demo', Value: 'owned' }] };
    const resources = { autoScalingGroups: [{ name: 'own' }] };
    const line = { workersIn: ['subnet-a'], ownIn: ['subnet-a', 'subnet-b'], own };
    expect(all({ ...line, workers: { resources } })).toEqual(['nodegroup workers: subnet-a']);
    expect(all(line)).toEqual(['nodegroup workers: subnet-a', 'group own: subnet-a,subnet-b']);
    const Tags = [...own.Tags, { Key: 'eks:nodegroup-name', Value: 'workers' }];
    expect(all({ ...line, own: { Tags } })).toEqual(['nodegroup workers: subnet-a']);
  });

  test("another cluster's group is none", () => {
    expect(all({ ownIn: ['subnet-a'], own: { Tags: [{ Key: 'eks:cluster-name', Value: 'prod' }] } })).toEqual([]);
  });

  test('live nodes of no group are found by the interfaces of their instances', () => {
    const node = (id: string) => aNode(id, {}, { spec: { providerID: `aws:///eu-west-1a/${id}` } });
    const eni = (InstanceId: string, SubnetId: string) => ({
      ...{ NetworkInterfaceId: `eni-${InstanceId}`, VpcId: 'vpc-1', SubnetId },
      Attachment: { InstanceId },
    });
    const NetworkInterfaces = [eni('i-1', 'subnet-a'), eni('i-2', 'subnet-b'), eni('i-other', 'subnet-c')];
    const objects = { nodes: { items: [node('i-1'), node('i-2')] } };
    expect(all({ objects, NetworkInterfaces })).toEqual(['nodes: subnet-a,subnet-b']);
    expect(all({ objects, NetworkInterfaces, workersIn: ['subnet-a'] })).toEqual([
      'nodegroup workers: subnet-a',
      'nodes: subnet-b',
    ]);
  });
});

describe('services that nodes call', () => {
  const used = (line: Nodes) =>
    neededServices(context(line))
      .filter(({ use }) => use === 'yes')
      .map(({ name }) => name);
  const running = (...names: string[]) => ({ items: names.map((name) => ({ metadata: { name } })) });

  test.each<[string, Nodes, string[]]>([
    ['nothing runs', { objects: { ...cni('v1.20.0'), deployments: running() } }, []],
    ['the cluster autoscaler', { objects: { deployments: running('aws-cluster-autoscaler') } }, ['autoscaling']],
    ['Fluent Bit', { objects: { daemonsets: running('aws-for-fluent-bit') } }, ['logs']],
    ['the Pod Identity agent', { objects: { daemonsets: running('eks-pod-identity-agent') } }, ['eks-auth']],
    [
      'the CloudWatch add-on',
      { Addons: [{ addonName: 'amazon-cloudwatch-observability', clusterName: 'demo' }] },
      ['logs'],
    ],
    ['the Load Balancer Controller', { controller: 'v2.13.0' }, ['elasticloadbalancing']],
    ['EKS Auto Mode', { cluster: { kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } } } }, []],
  ])('%s', (_, line, wanted) => expect(used(line)).toEqual(wanted));
});

describe("nodes' security groups", () => {
  const launchTemplate = { id: 'lt-1', version: '1' };
  const of = (line: Nodes) => {
    const own = context({ workersIn: ['subnet-a'], ...line });
    const [place] = nodePlaces(own);
    return place && securityGroupsOf(own, place);
  };
  const template = (LaunchTemplateData: object) => [{ LaunchTemplateId: 'lt-1', VersionNumber: 1, LaunchTemplateData }];

  test.each<[string, Nodes, string[] | undefined]>([
    ["the cluster's own", {}, ['sg-cluster']],
    [
      'those of the template',
      { workers: { launchTemplate }, LaunchTemplateVersions: template({ SecurityGroupIds: ['sg-1'] }) },
      ['sg-1'],
    ],
    [
      'those of its interface',
      { workers: { launchTemplate }, LaunchTemplateVersions: template({ NetworkInterfaces: [{ Groups: ['sg-2'] }] }) },
      ['sg-2'],
    ],
    [
      "the cluster's own, when the template names none",
      { workers: { launchTemplate }, LaunchTemplateVersions: template({}) },
      ['sg-cluster'],
    ],
    ['not known, when it was not read', { workers: { launchTemplate } }, undefined],
    ['not known of a group without a template', { workersIn: [], Nodegroups: [], ownIn: ['subnet-a'] }, undefined],
  ])('%s', (_, line, wanted) => expect(of(line)).toEqual(wanted));
});
