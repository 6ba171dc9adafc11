import { describe, expect, test } from 'vitest';
import { net09 } from '../../../../shared/audit/checks/net-09.ts';
import { aService, elb, type SnapshotLines, verdicts } from '../network/builders.ts';

const own = { ...elb, 'kubernetes.io/cluster/demo': 'whatever' };
const others = { ...elb, 'kubernetes.io/cluster/other': 'owned' };
const classic = { services: { items: [aService('web')] } };
const ours = { services: { items: [aService('web', {}, 'service.k8s.aws/nlb')] } };
const foreign = { services: { items: [aService('web', {}, 'example.com/metal')] } };

describe("NET-09: the cluster's own tag is where it is needed", () => {
  test.each<[string, Record<string, string>, SnapshotLines, string[]]>([
    ['2.1.1 without it', elb, { controller: 'v2.1.1' }, ['FAIL']],
    ['2.1.0 without it', elb, { controller: 'v2.1.0' }, ['FAIL']],
    ['2.1.1 with it, whatever its value', own, { controller: 'v2.1.1' }, ['PASS info']],
    ['2.1.2 without it', elb, { controller: 'v2.1.2', objects: ours }, ['PASS info']],
    ['today without it', elb, { controller: 'v2.12.1', objects: ours }, ['PASS info']],
    ["the cloud controller manager and others' tags", others, { controller: 'v2.12.1', objects: classic }, ['FAIL']],
    ['the cloud controller manager and no tag', elb, { controller: 'v2.12.1', objects: classic }, ['PASS info']],
    ['the cloud controller manager and its own', own, { controller: 'v2.12.1', objects: classic }, ['PASS info']],
    ["the cloud controller manager alone and others' tags", others, { controller: null, objects: classic }, ['FAIL']],
    ['no controller and no tag', elb, { controller: null, objects: classic }, ['PASS info']],
    ["somebody else's Services and others' tags", others, { controller: 'v2.12.1', objects: foreign }, ['PASS info']],
    ["Services that were not read and others' tags", others, { controller: 'v2.12.1' }, ['UNKNOWN']],
    ['Services that were not read and no tag', elb, { controller: 'v2.12.1' }, ['PASS info']],
    ['an unread cluster of before Kubernetes 1.22', elb, { kubernetesVersion: '1.21' }, ['UNKNOWN']],
    ['an unread cluster since', elb, {}, ['PASS info']],
    ['an unread cluster, with the tag', own, { kubernetesVersion: '1.21' }, ['PASS info']],
    ['no role', { 'kubernetes.io/cluster/other': 'owned' }, { controller: 'v2.1.1' }, []],
  ])('%s', (_, tags, lines, wanted) => {
    expect(verdicts(net09, { subnets: { 'subnet-a': { tags } }, ...lines })).toEqual(wanted);
  });
});
