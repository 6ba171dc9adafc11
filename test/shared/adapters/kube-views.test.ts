import { describe, expect, it } from 'vitest';
import { budgetView } from '../../../shared/adapters/kube-budget-view.ts';
import { isInstance, nodeView } from '../../../shared/adapters/kube-node-view.ts';
import { attachmentView, pinnedHostnames, volumeView } from '../../../shared/adapters/kube-volume-view.ts';

describe('a node', () => {
  it('is what a drain needs of it', () => {
    const lastTransitionTime = '2026-01-01T00:00:00Z';
    const view = nodeView({
      metadata: { name: 'worker-1', uid: 'n-1', resourceVersion: '7', labels: { a: '1' }, annotations: { b: '2' } },
      spec: {
        providerID: 'aws:///us-west-2a/i-0abc',
        unschedulable: true,
        taints: [
          { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' },
          { key: 'example.com/drained', value: '', effect: 'NoExecute', timeAdded: lastTransitionTime },
        ],
      },
      status: {
        conditions: [
          { type: 'DiskPressure', status: 'False' },
          {
            type: 'Ready',
            status: 'False',
            reason: 'KubeletNotReady',
            message: 'container runtime is down',
            lastTransitionTime,
          },
        ],
        volumesAttached: [{ name: 'kubernetes.io/csi/ebs.csi.aws.com^vol-1', devicePath: '' }],
      },
    });
    expect(view).toEqual({
      name: 'worker-1',
      uid: 'n-1',
      resourceVersion: '7',
      providerId: 'aws:///us-west-2a/i-0abc',
      unschedulable: true,
      labels: { a: '1' },
      annotations: { b: '2' },
      ready: 'False',
      readySince: Date.UTC(2026, 0, 1),
      readyReason: 'KubeletNotReady',
      readyMessage: 'container runtime is down',
      taints: [
        { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' },
        { key: 'example.com/drained', effect: 'NoExecute', timeAdded: lastTransitionTime },
      ],
      volumesAttached: ['kubernetes.io/csi/ebs.csi.aws.com^vol-1'],
    });
  });

  it('has defaults where the server leaves fields out', () => {
    expect(nodeView({})).toEqual({
      name: '',
      uid: '',
      resourceVersion: '',
      providerId: undefined,
      unschedulable: false,
      labels: {},
      annotations: {},
      ready: 'Unknown',
      readySince: undefined,
      taints: [],
      volumesAttached: [],
    });
  });

  it.each([
    ['aws:///us-west-2a/i-0abc', true],
    ['aws:///us-west-2a/i-0abcd', false],
    ['aws:///us-west-2a/xi-0abc', false],
    ['aws:///us-west-2-lax-1a/i-0abc', true],
    ['aws:///us-west-2a/i-0abc/', false],
    ['i-0abc', true],
    [undefined, false],
  ])('with provider ID %s is instance i-0abc: %s', (providerID, expected) => {
    expect(isInstance(providerID === undefined ? {} : { spec: { providerID } }, 'i-0abc')).toBe(expected);
  });
});

describe('a disruption budget', () => {
  it('is read with its selector, its numbers and its policy', () => {
    const status = {
      currentHealthy: 3,
      desiredHealthy: 2,
      disruptionsAllowed: 1,
      expectedPods: 4,
      observedGeneration: 5,
    };
    const view = budgetView({
      metadata: { namespace: 'shop', name: 'web', uid: 'b-1', generation: 6 },
      spec: {
        maxUnavailable: '25%',
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: {
          matchLabels: { app: 'web' },
          matchExpressions: [
            { key: 'tier', operator: 'In', values: ['a'] },
            { key: 'old', operator: 'DoesNotExist' },
          ],
        },
      },
      status,
    });
    expect(view).toEqual({
      namespace: 'shop',
      name: 'web',
      uid: 'b-1',
      selector: {
        matchLabels: { app: 'web' },
        matchExpressions: [
          { key: 'tier', operator: 'In', values: ['a'] },
          { key: 'old', operator: 'DoesNotExist', values: [] },
        ],
      },
      minAvailable: undefined,
      maxUnavailable: '25%',
      ...status,
      generation: 6,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  it('T51 tells a selector that matches every pod from one that matches none', () => {
    expect(budgetView({ spec: { selector: {} } }).selector).toEqual({ matchLabels: {}, matchExpressions: [] });
    expect(budgetView({ spec: {} }).selector).toBeUndefined();
    expect(budgetView({ spec: JSON.parse('{"selector":null}') }).selector).toBeUndefined();
  });

  it('T52 says why its pods could not be counted', () => {
    const failed = (message?: string) => {
      const condition = {
        type: 'DisruptionAllowed',
        status: 'False',
        reason: 'SyncFailed',
        ...(message && { message }),
      };
      return budgetView(JSON.parse(JSON.stringify({ status: { conditions: [condition] } }))).syncFailure;
    };
    expect(failed('found no controllers for pod "web"')).toBe('found no controllers for pod "web"');
    expect(failed()).toBe('SyncFailed');
  });

  it('that no controller has seen yet has zeros', () => {
    expect(budgetView({ metadata: { generation: 1 } })).toMatchObject({
      generation: 1,
      observedGeneration: 0,
      disruptionsAllowed: 0,
      unhealthyPodEvictionPolicy: undefined,
    });
  });
});

describe('an attachment', () => {
  const spec = { attacher: 'ebs.csi.aws.com', nodeName: 'worker-1', source: { persistentVolumeName: 'pvc-1' } };
  it('names its node and its volume', () => {
    expect(attachmentView({ metadata: { name: 'csi-1' }, spec, status: { attached: true } })).toEqual({
      name: 'csi-1',
      nodeName: 'worker-1',
      volumeName: 'pvc-1',
      inlineName: undefined,
      attached: true,
    });
  });
  it('T115 of an inline volume names none', () => {
    const view = attachmentView({ metadata: { name: 'csi-1' }, spec: { ...spec, source: {} } });
    expect(view).toMatchObject({ volumeName: undefined, inlineName: undefined, attached: false });
  });
  it('T117 of an inline volume names it as the status of its node does', () => {
    const inlineVolumeSpec = { csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-1' } };
    const view = attachmentView({ metadata: { name: 'csi-1' }, spec: { ...spec, source: { inlineVolumeSpec } } });
    expect(view).toMatchObject({ volumeName: undefined, inlineName: 'kubernetes.io/csi/ebs.csi.aws.com^vol-1' });
  });
});

describe('a volume', () => {
  const on = (...values: string[]) => ({ key: 'kubernetes.io/hostname', operator: 'In', values });
  const zone = { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['us-west-2a'] };
  it.each([
    ['a host', [{ matchExpressions: [on('worker-1')] }], ['worker-1']],
    ['a host in a zone', [{ matchExpressions: [zone, on('worker-1')] }], ['worker-1']],
    ['either of two', [{ matchExpressions: [on('a')] }, { matchExpressions: [on('b', 'a')] }], ['a', 'b']],
    ['a host or a zone', [{ matchExpressions: [on('a')] }, { matchExpressions: [zone] }], []],
    ['a zone', [{ matchExpressions: [zone] }], []],
    ['any host but one', [{ matchExpressions: [{ ...on('a'), operator: 'NotIn' }] }], []],
    ['nothing', [], []],
  ])('bound to %s is pinned to %j', (_, nodeSelectorTerms, hostnames) => {
    expect(pinnedHostnames({ spec: { nodeAffinity: { required: { nodeSelectorTerms } } } })).toEqual(hostnames);
  });
  it('without an affinity is pinned nowhere', () => {
    expect(pinnedHostnames({ spec: {} })).toEqual([]);
  });

  const onEbs = 'kubernetes.io/csi/ebs.csi.aws.com^vol-1';
  it.each([
    ['a CSI driver', { csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-1' } }, onEbs],
    ['the in-tree EBS plugin', { awsElasticBlockStore: { volumeID: 'vol-1' } }, onEbs],
    ['that plugin, with its zone', { awsElasticBlockStore: { volumeID: 'aws://us-east-1a/vol-1' } }, onEbs],
    ['a local disk', { local: { path: '/mnt/disk' } }, undefined],
  ])('T117 of %s is named %j as it is in the status of its node', (_, source, attachedName) => {
    expect(volumeView({ spec: source })).toEqual({ hostnames: [], attachedName });
  });
  it('without a spec has no such name', () => {
    expect(volumeView({})).toEqual({ hostnames: [], attachedName: undefined });
  });
});
