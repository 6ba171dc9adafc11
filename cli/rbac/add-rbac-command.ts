import { type Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod/mini';
import { clusterName, namespaceName, type Reader } from '../../shared/settings/readers.ts';
import type { CliPorts } from '../program.ts';
import { awsAuth } from './aws-auth.ts';
import { type Identity, identities, manifests } from './manifests.ts';

interface RbacOptions {
  only?: Identity;
  leaseNamespace?: string;
  surgeNamespace?: readonly string[];
  admissionPolicies: boolean;
  awsAuth?: true;
  drainRole?: string;
  launchRole?: string;
  manualRole?: string;
  auditRole?: string;
  cluster?: string;
}

const roleArn: Reader<string> = z
  .string()
  .check(z.regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/, 'expected the ARN of an IAM role'));

const about = `
Prints what kubectl applies: for the Kubernetes groups eks-node-lifecycle,
eks-node-lifecycle-launch, eks-node-lifecycle-plan and eks-node-lifecycle-audit
their roles, and ValidatingAdmissionPolicies that keep the first two to what
they write on Nodes; the others only read. Whoever drains by hand (--only
manual) is in the first and in the third; the audit of subnets can do without
its own. Applied again it changes nothing; after an upgrade apply it before the
stack is deployed.

The policies need Kubernetes 1.30. On an older cluster --no-admission-policies
leaves them out; then nothing but our own code keeps the first two groups from
the rest of a Node.

A drain with surgeSingletons restarts a Deployment whose ready pods are all on
its node, so that another pod is there before they go. --surge-namespace gives
it the right to, in that namespace alone, and a policy that keeps it to the
annotation of a restart. Elsewhere it evicts such pods as they are.

A cluster whose authentication mode is CONFIG_MAP knows our roles by rows in
its ConfigMap aws-auth, which --aws-auth prints. Others have access entries.

Exit code: 0 printed, 3 usage.

Examples:
  npm run --silent enl -- rbac | kubectl apply -f -
  npm run --silent enl -- rbac --lease-namespace platform | kubectl diff -f -
  npm run --silent enl -- rbac --surge-namespace shop --surge-namespace bank
  npm run --silent enl -- rbac --aws-auth --cluster demo \\
    --drain-role arn:aws:iam::111122223333:role/drain \\
    --launch-role arn:aws:iam::111122223333:role/launch \\
    --manual-role arn:aws:iam::111122223333:role/manual`;

/** `enl rbac`. */
export function addRbacCommand(program: Command, { out }: Pick<CliPorts, 'out'>): void {
  const command = program
    .command('rbac')
    .description('print what a cluster must grant, for kubectl apply -f -')
    .addOption(new Option('--only <identity>', 'one of those that act').choices(identities))
    .addOption(
      new Option('--lease-namespace <name>', 'where drains keep their Leases: the setting leaseNamespace')
        .argParser(reads(namespaceName))
        .conflicts('awsAuth'),
    )
    .addOption(
      new Option('--surge-namespace <name>', 'where drains may restart Deployments; may be given again')
        .argParser((text: string, before: readonly string[] = []) => [...before, reads(namespaceName)(text)])
        .conflicts('awsAuth'),
    )
    .option('--no-admission-policies', 'for Kubernetes before 1.30')
    .option('--aws-auth', 'print rows for the ConfigMap aws-auth instead')
    .addOption(new Option('--drain-role <arn>', 'output DrainRoleArn of the stack').argParser(reads(roleArn)))
    .addOption(new Option('--launch-role <arn>', 'output LaunchRoleArn of the stack').argParser(reads(roleArn)))
    .addOption(new Option('--manual-role <arn>', 'output ManualRoleArn of the stack').argParser(reads(roleArn)))
    .addOption(new Option('--audit-role <arn>', 'output AuditRoleArn of the stack').argParser(reads(roleArn)))
    .addOption(new Option('--cluster <name>', 'for the eksctl commands of --aws-auth').argParser(reads(clusterName)))
    .showHelpAfterError('See `enl rbac --help` for usage.')
    .addHelpText('after', about)
    .action((options: RbacOptions) => {
      const wrong = whatIsWrong(options);
      if (wrong) command.error(`error: ${wrong}`, { exitCode: 3 });
      const { awsAuth: asRows, cluster, leaseNamespace, admissionPolicies: policies } = options;
      const { drainRole, launchRole, manualRole, auditRole } = options;
      const surgeNamespaces = [...new Set(options.surgeNamespace)];
      const roles = {
        ...(drainRole && { drain: drainRole }),
        ...(launchRole && { launch: launchRole }),
        ...(manualRole && { manual: manualRole }),
        ...(auditRole && { audit: auditRole }),
      };
      out(
        asRows
          ? awsAuth(roles, cluster)
          : manifests({ identities: wantedOf(options), policies, leaseNamespace, surgeNamespaces }),
      );
    });
}

const wantedOf = ({ only }: RbacOptions): readonly Identity[] => (only ? [only] : identities);

function whatIsWrong(options: RbacOptions): string | undefined {
  const wanted = wantedOf(options);
  const { drainRole, launchRole, manualRole, auditRole } = options;
  const given = { drain: drainRole, launch: launchRole, manual: manualRole, audit: auditRole };
  const flags = (some: readonly Identity[], value = '') => some.map((each) => `--${each}-role${value}`).join(' and ');
  const named = identities.filter((identity) => given[identity] !== undefined);
  const surplus = named.filter((identity) => !wanted.includes(identity));
  // An audit can do without.
  const needed = wanted.filter((identity) => identity !== 'audit' || options.only === 'audit');
  const missing = needed.filter((identity) => given[identity] === undefined);
  if (surplus.length > 0) return `${flags(surplus)} cannot be used with --only ${options.only}`;
  if (options.awsAuth) return missing.length > 0 ? `--aws-auth needs ${flags(missing, ' ARN')}` : undefined;
  if (named.length > 0) return `${flags(named)} cannot be used without --aws-auth`;
  if (options.cluster !== undefined) return '--cluster cannot be used without --aws-auth';
  if (options.leaseNamespace !== undefined && !wanted.includes('drain'))
    return `--lease-namespace cannot be used with --only ${options.only}: drains alone take Leases`;
  if (options.surgeNamespace !== undefined && !wanted.includes('drain'))
    return `--surge-namespace cannot be used with --only ${options.only}: drains alone restart anything`;
  return undefined;
}

function reads(reader: Reader<string>): (text: string) => string {
  return (text) => {
    const parsed = z.safeParse(reader, text);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(parsed.error.issues.map(({ message }) => message).join(', '));
  };
}
