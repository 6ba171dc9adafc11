import { Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { addRbacCommand } from '../../cli/rbac/add-rbac-command.ts';

const drainRole = 'arn:aws:iam::111122223333:role/team/drain';
const launchRole = 'arn:aws-us-gov:iam::111122223333:role/launch';
const manualRole = 'arn:aws:iam::111122223333:role/manual';

/** What is printed, and whether the command line was taken. */
function rbac(...args: string[]): { ok: boolean; out: string; err: string } {
  const said = { out: '', err: '' };
  const program = new Command('enl').exitOverride().configureOutput({
    writeErr: (text) => {
      said.err += text;
    },
  });
  const out = (text: string) => {
    said.out += text;
  };
  addRbacCommand(program, { out });
  try {
    program.parse(['rbac', ...args], { from: 'user' });
    return { ok: true, ...said };
  } catch (error) {
    if (error instanceof CommanderError) return { ok: false, ...said };
    throw error;
  }
}

interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string };
  roleRef?: { kind: string; name: string };
  rules?: { verbs: string[] }[];
  spec?: { policyName?: string };
}
const manifestsIn = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as Manifest);
const called = ({ kind, metadata: { name, namespace } }: Manifest) =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

describe('enl rbac', () => {
  it('prints each object once, a namespace and what is referred to before what needs it', () => {
    const all = manifestsIn(rbac().out);
    const names = all.map(called);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(21);
    for (const [index, { roleRef, spec, metadata, kind }] of all.entries()) {
      const before = names.slice(0, index);
      const own = metadata.namespace === 'eks-node-lifecycle';
      if (own) expect(before).toContain('Namespace eks-node-lifecycle');
      if (roleRef?.kind === 'ClusterRole') expect(before).toContain(`ClusterRole ${roleRef.name}`);
      if (roleRef?.kind === 'Role') expect(before).toContain(`Role ${metadata.namespace}/${roleRef.name}`);
      if (spec?.policyName) expect(before).toContain(`ValidatingAdmissionPolicy ${spec.policyName}`);
      // Who only reads needs no policy.
      if (kind === 'ClusterRoleBinding' && !/-(plan|audit)$/.test(metadata.name)) {
        expect(before).toContain(`ValidatingAdmissionPolicyBinding ${metadata.name}-nodes`);
      }
    }
  });

  it('prints what one of those that act needs, and together they are all of it', () => {
    const [drain, launch, manual, audit] = ['drain', 'launch', 'manual', 'audit'].map(
      (each) => rbac('--only', each).out,
    ) as [string, string, string, string];
    expect([drain, launch, manual, audit].join('---\n')).toBe(rbac().out);
    expect(`${launch}${audit}`).not.toMatch(/name: eks-node-lifecycle$/m);
    expect(drain).not.toMatch(/eks-node-lifecycle-(launch|plan|audit)/);
    for (const reader of [manual, audit]) {
      const verbs = manifestsIn(reader).flatMap(({ rules = [] }) => rules.flatMap((each) => each.verbs));
      expect(new Set(verbs)).toEqual(new Set(['list']));
    }
  });

  it('leaves out nothing but the policies for a cluster before Kubernetes 1.30', () => {
    const [all, without] = [rbac(), rbac('--no-admission-policies')];
    const rest = manifestsIn(all.out).filter(({ kind }) => !kind.startsWith('ValidatingAdmissionPolicy'));
    expect(manifestsIn(without.out)).toEqual(rest);
  });

  it('puts the Leases into another namespace, and nothing else', () => {
    const [all, moved] = [rbac(), rbac('--lease-namespace', 'platform')];
    const names = manifestsIn(all.out).map(called);
    const own = /^(Namespace |Role(?:Binding)? )eks-node-lifecycle(?=$|\/)/;
    expect(manifestsIn(moved.out).map(called)).toEqual(names.map((name) => name.replace(own, '$1platform')));
    expect(moved.out.split('\n').slice(0, 5)).toEqual([
      all.out.split('\n')[0],
      'apiVersion: v1',
      'kind: Namespace',
      'metadata:',
      '  name: platform',
    ]);
  });

  it('gives the right to restart Deployments in the namespaces that are named, and in no other', () => {
    const all = rbac().out;
    const { out } = rbac('--surge-namespace', 'shop', '--surge-namespace', 'bank', '--surge-namespace', 'shop');
    expect(rbac('--only', 'drain').out).not.toContain('deployments');
    expect(out.startsWith(all.trimEnd())).toBe(true);
    expect(manifestsIn(out.slice(all.length)).map(called)).toEqual([
      'ValidatingAdmissionPolicy eks-node-lifecycle-deployments',
      'ValidatingAdmissionPolicyBinding eks-node-lifecycle-deployments',
      'Role shop/eks-node-lifecycle-surge',
      'RoleBinding shop/eks-node-lifecycle-surge',
      'Role bank/eks-node-lifecycle-surge',
      'RoleBinding bank/eks-node-lifecycle-surge',
    ]);
    const before130 = rbac('--no-admission-policies', '--surge-namespace', 'shop').out;
    expect(manifestsIn(before130).slice(-2).map(called)).toEqual([
      'Role shop/eks-node-lifecycle-surge',
      'RoleBinding shop/eks-node-lifecycle-surge',
    ]);
    expect(before130).not.toContain('kind: ValidatingAdmissionPolicy');
  });

  it('prints the rows of aws-auth, and the commands that a shell takes as they are', () => {
    const roles = ['--drain-role', drainRole, '--launch-role', launchRole, '--manual-role', manualRole];
    const { out } = rbac('--aws-auth', ...roles, '--cluster', 'demo');
    const row = (rolearn: string, ...groups: string[]) => ({
      rolearn,
      username: `${groups[0]}:{{SessionName}}`,
      groups,
    });
    expect(parse(out)).toEqual([
      row('arn:aws:iam::111122223333:role/drain', 'eks-node-lifecycle'),
      row(launchRole, 'eks-node-lifecycle-launch'),
      row(manualRole, 'eks-node-lifecycle', 'eks-node-lifecycle-plan'),
    ]);
    expect(out).toContain('--group eks-node-lifecycle --group eks-node-lifecycle-plan ');
    expect(out).toContain(
      '#   eksctl create iamidentitymapping --cluster demo --arn arn:aws:iam::111122223333:role/drain ' +
        "--username 'eks-node-lifecycle:{{SessionName}}' --group eks-node-lifecycle --no-duplicate-arns\n",
    );
    const { out: one } = rbac('--aws-auth', '--only', 'launch', '--launch-role', launchRole);
    expect(parse(one)).toEqual([row(launchRole, 'eks-node-lifecycle-launch')]);
    const { out: four } = rbac('--aws-auth', ...roles, '--audit-role', launchRole);
    expect(parse(four)).toHaveLength(4);
    expect(parse(four)).toContainEqual(row(launchRole, 'eks-node-lifecycle-audit'));
  });

  it.each([
    ['--aws-auth', '--aws-auth needs --drain-role ARN and --launch-role ARN and --manual-role ARN'],
    [`--aws-auth --launch-role ${launchRole}`, '--aws-auth needs --drain-role ARN'],
    [`--only launch --aws-auth --drain-role ${drainRole}`, '--drain-role cannot be used with --only launch'],
    [`--drain-role ${drainRole}`, '--drain-role cannot be used without --aws-auth'],
    ['--cluster demo', '--cluster cannot be used without --aws-auth'],
    ['--lease-namespace a --aws-auth', "'--lease-namespace <name>' cannot be used with option '--aws-auth'"],
    [
      '--only launch --lease-namespace a',
      '--lease-namespace cannot be used with --only launch: drains alone take Leases',
    ],
    [
      '--only launch --surge-namespace a',
      '--surge-namespace cannot be used with --only launch: drains alone restart anything',
    ],
    ['--surge-namespace A', "argument 'A' is invalid. expected the name of a Kubernetes namespace"],
    ['--surge-namespace a --aws-auth', "'--surge-namespace <name>' cannot be used with option '--aws-auth'"],
    ['--aws-auth --only audit', '--aws-auth needs --audit-role ARN'],
    ['--lease-namespace A', "argument 'A' is invalid. expected the name of a Kubernetes namespace"],
    ['--aws-auth --drain-role drain', "argument 'drain' is invalid. expected the ARN of an IAM role"],
    ['--aws-auth --cluster -x', "argument '-x' is invalid"],
    ['--only both', 'Allowed choices are drain, launch, manual, audit'],
    ['--lease-namespac a', '(Did you mean --lease-namespace?)'],
    ['all', "too many arguments for 'rbac'"],
  ])('refuses %s, says why and where help is', (args, why) => {
    const { ok, out, err } = rbac(...args.split(' '));
    expect({ ok, out }).toEqual({ ok: false, out: '' });
    expect(err).toMatch(/^error: /);
    expect(err).toContain(why);
    expect(err).toContain('See `enl rbac --help` for usage.');
  });
});
