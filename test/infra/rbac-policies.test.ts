import { globSync, readFileSync } from 'node:fs';
import { loadAllYaml } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../shared/lifecycle/launch-template.ts';

/** What the policies let pass and refuse is asked of a real API server, in test/contract/admission.test.ts. */
interface Policy {
  kind: string;
  metadata: { name: string };
  spec: {
    policyName?: string;
    validationActions?: string[];
    failurePolicy?: string;
    matchConditions?: { expression: string }[];
    variables?: { name: string; expression: string }[];
    validations?: { message?: string; reason?: string }[];
  };
}

const folder = new URL('../../infra/rbac/', import.meta.url);
const read = (file: string): Policy[] => loadAllYaml(readFileSync(new URL(file, folder), 'utf8'));
const all = [...read('drain-policy.yaml'), ...read('launch-policy.yaml'), ...read('surge/policy.yaml')];
const policies = all.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');

it('a kustomization names every manifest', () => {
  const [{ resources }] = read('kustomization.yaml') as unknown as [{ resources: string[] }];
  const files = globSync('*.yaml', { cwd: folder.pathname }).filter((file) => file !== 'kustomization.yaml');
  expect([...resources].sort()).toEqual(files.sort());
});

it('the kustomization of surges, which no other refers to, names its manifests', () => {
  const [{ resources }] = read('surge/kustomization.yaml') as unknown as [{ resources: string[] }];
  const files = globSync('*.yaml', { cwd: `${folder.pathname}surge` }).filter((file) => file !== 'kustomization.yaml');
  expect([...resources].sort()).toEqual(files.sort());
  expect(readFileSync(new URL('kustomization.yaml', folder), 'utf8')).not.toContain('surge');
});

describe.each(policies)('the admission policy $metadata.name', ({ metadata, spec }) => {
  it('is bound, refuses with 403 in words, also when it cannot be evaluated', () => {
    const bindings = all.filter((each) => each.spec.policyName === metadata.name);
    expect(bindings.map((binding) => binding.spec.validationActions)).toEqual([['Deny']]);
    expect(spec.failurePolicy).toBe('Fail');
    for (const { message, reason } of spec.validations ?? []) {
      expect(message).toBeTruthy();
      expect(reason).toBe('Forbidden');
    }
  });

  it('is about one group of ours, also for somebody without groups', () => {
    const [condition, ...others] = spec.matchConditions ?? [];
    expect(others).toEqual([]);
    expect(condition?.expression).toMatch(
      /^'eks-node-lifecycle(-launch)?' in request\.userInfo\.\?groups\.orValue\(\[\]\)$/,
    );
  });
});

const tag = 'k8s.io/cluster-autoscaler/node-template/';

/** CEL's raw strings, put together; what RE2 and we both read alike. */
function patternIn(variable: string): RegExp {
  const launch = policies.find(({ metadata }) => metadata.name === 'eks-node-lifecycle-launch-nodes');
  const { expression = '' } = launch?.spec.variables?.find(({ name }) => name === variable) ?? {};
  return new RegExp([...expression.matchAll(/r'([^']*)'/g)].map(([, part]) => part).join(''));
}

describe('a launch sets by its policy what it sets by its code', () => {
  it.each([
    'kubernetes.io/hostname',
    'kubernetes.io/os',
    'kubernetes.io/role',
    'beta.kubernetes.io/arch',
    'node-role.kubernetes.io/worker',
    'topology.kubernetes.io/zone',
    'failure-domain.beta.kubernetes.io/zone',
    'topology.k8s.aws/zone-id',
    'topology.k8s.aws.example.com/zone',
    'topology.ebs.csi.aws.com/zone',
    'k8s.io/cloud-provider-aws',
    'node.kubernetes.io/instance-type',
    'node.kubernetes.io/windows-build',
    'node.kubernetes.io/lifecycle',
    'node.kubernetes.io/exclude-from-external-load-balancers',
    'eks.amazonaws.com/capacityType',
    'pool',
  ])('the label %s', (key) => {
    const { labels } = readTemplate({ [`${tag}label/${key}`]: 'x' });
    expect(patternIn('ownedLabels').test(key)).toBe(!(key in labels));
  });

  it.each([
    'eks-node-lifecycle.io/not-ready',
    'eks-node-lifecycle.io/other',
    'node.kubernetes.io/not-ready',
    'node.cloudprovider.kubernetes.io/uninitialized',
    'startup-taint.cluster-autoscaler.kubernetes.io/x',
    'status-taint.cluster-autoscaler.kubernetes.io/x',
    'ignore-taint.cluster-autoscaler.kubernetes.io/x',
    'node-role.kubernetes.io/control-plane',
    'dedicated',
  ])('the taint %s', (key) => {
    const { taints } = readTemplate({ [`${tag}taint/${key}`]: 'x:NoSchedule' });
    expect(patternIn('ownedTaints').test(key)).toBe(taints.length === 0);
  });
});
