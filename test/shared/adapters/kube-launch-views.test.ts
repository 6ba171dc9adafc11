import { describe, expect, it } from 'vitest';
import { mappedRoles } from '../../../shared/adapters/kube-aws-auth.ts';
import { daemonSetView } from '../../../shared/adapters/kube-daemon-set-view.ts';
import { podView } from '../../../shared/adapters/kube-pod-view.ts';

type Status = NonNullable<NonNullable<Parameters<typeof podView>[0]['status']>['containerStatuses']>[number];
const container = (name: string, state: NonNullable<Status['state']>): Status => ({
  name,
  state,
  image: 'x',
  imageID: '',
  ready: false,
  restartCount: 0,
});
const waiting = (reason: string, message?: string) => ({ waiting: { reason, ...(message ? { message } : {}) } });

describe('what a pod waits for', () => {
  it.each([
    ['nothing, when it runs', {}, undefined],
    [
      'its first container that does not run',
      {
        containerStatuses: [
          container('main', { running: {} }),
          container('eks-nodeagent', waiting('ImagePullBackOff', 'Back-off pulling image')),
        ],
      },
      { container: 'eks-nodeagent', reason: 'ImagePullBackOff', message: 'Back-off pulling image' },
    ],
    [
      'an init container before the others',
      {
        initContainerStatuses: [container('aws-vpc-cni-init', waiting('CrashLoopBackOff'))],
        containerStatuses: [container('aws-node', waiting('PodInitializing'))],
      },
      { container: 'aws-vpc-cni-init', reason: 'CrashLoopBackOff' },
    ],
    [
      'one that failed, but not one that finished',
      {
        initContainerStatuses: [container('done', { terminated: { exitCode: 0, reason: 'Completed' } })],
        containerStatuses: [container('main', { terminated: { exitCode: 1, reason: 'Error' } })],
      },
      { container: 'main', reason: 'Error' },
    ],
  ])('is %s', (_, status, expected) => {
    expect(podView({ status }).waiting).toEqual(expected);
  });
});

describe('a DaemonSet', () => {
  it('wants any node and tolerates nothing unless it says so', () => {
    const spec = { selector: {}, template: { spec: { containers: [] } } };
    expect(daemonSetView({ metadata: { uid: 'd-1' }, spec })).toEqual({
      uid: 'd-1',
      nodeSelector: {},
      nodeTerms: undefined,
      tolerations: [],
    });
    expect(daemonSetView({})).toMatchObject({ uid: '' });
  });

  it('is read with its selector, the affinity that is required, and its tolerations', () => {
    const required = {
      nodeSelectorTerms: [
        { matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }] },
        { matchFields: [{ key: 'metadata.name', operator: 'Exists' }] },
      ],
    };
    const pod = {
      containers: [],
      nodeSelector: { a: 'b' },
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } },
      tolerations: [{ key: 'k', operator: 'Equal', value: 'v', effect: 'NoSchedule' }, { operator: 'Exists' }],
    };
    expect(daemonSetView({ spec: { selector: {}, template: { spec: pod } } })).toMatchObject({
      nodeSelector: { a: 'b' },
      nodeTerms: [
        { labels: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }], names: [] },
        { labels: [], names: [{ key: 'metadata.name', operator: 'Exists', values: [] }] },
      ],
      tolerations: [{ key: 'k', operator: 'Equal', value: 'v', effect: 'NoSchedule' }, { operator: 'Exists' }],
    });
  });
});

describe('the roles of aws-auth', () => {
  const arn = 'arn:aws:iam::123456789012:role/nodes';
  it.each([
    [
      'YAML',
      `- rolearn: ${arn}\n  username: system:node:{{EC2PrivateDNSName}}\n  groups:\n    - system:nodes\n`,
      [arn],
    ],
    ['with the role last', `- groups:\n  - system:nodes\n  rolearn: "${arn}"\n`, [arn]],
    ['JSON', JSON.stringify([{ rolearn: arn, groups: ['system:nodes'] }, { rolearn: `${arn}-2` }]), [arn, `${arn}-2`]],
    ['a flow mapping', `[{rolearn: ${arn}, username: x}]`, [arn]],
    ['another partition, a role with a path', '- rolearn: arn:aws-cn:iam::1:role/a/b', ['arn:aws-cn:iam::1:role/a/b']],
    ['a row that is commented out', `# - rolearn: ${arn}\n  # rolearn: ${arn}`, []],
    ['a user', '- userarn: arn:aws:iam::123456789012:user/me', []],
    ['nothing', '', []],
  ])('are read from %s', (_, text, expected) => {
    expect(mappedRoles(text)).toEqual(expected);
  });
});
