import { type Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod/mini';
import { clusterName, namespaceName, type Reader } from '../../shared/settings/readers.ts';
import type { CliPorts } from '../program.ts';
import { awsAuth } from './aws-auth.ts';
import { type Identity, manifests } from './manifests.ts';

interface RbacOptions {
  only?: Identity;
  leaseNamespace?: string;
  admissionPolicies: boolean;
  awsAuth?: true;
  drainRole?: string;
  launchRole?: string;
  cluster?: string;
}

const roleArn: Reader<string> = z
  .string()
  .check(z.regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/, 'expected the ARN of an IAM role'));

const about = `
Prints what kubectl applies: for the Kubernetes groups eks-node-lifecycle and
eks-node-lifecycle-launch their roles, and ValidatingAdmissionPolicies that
keep each to what it writes on Nodes. Applied again it changes nothing; after
an upgrade apply it before the stack is deployed.

The policies need Kubernetes 1.30. On an older cluster --no-admission-policies
leaves them out; then nothing but our own code keeps the two groups from the
rest of a Node.

A cluster whose authentication mode is CONFIG_MAP knows our roles by rows in
its ConfigMap aws-auth, which --aws-auth prints. Others have access entries.

Exit code: 0 printed, 3 usage.

Examples:
  npm run --silent enl -- rbac | kubectl apply -f -
  npm run --silent enl -- rbac --lease-namespace platform | kubectl diff -f -
  npm run --silent enl -- rbac --aws-auth --cluster demo \\
    --drain-role arn:aws:iam::111122223333:role/drain \\
    --launch-role arn:aws:iam::111122223333:role/launch`;

/** `enl rbac`. */
export function addRbacCommand(program: Command, { out }: Pick<CliPorts, 'out'>): void {
  const command = program
    .command('rbac')
    .description('print what a cluster must grant, for kubectl apply -f -')
    .addOption(new Option('--only <identity>', 'one of the two groups').choices(['drain', 'launch']))
    .addOption(
      new Option('--lease-namespace <name>', 'where drains keep their Leases: the setting leaseNamespace')
        .argParser(reads(namespaceName))
        .conflicts('awsAuth'),
    )
    .option('--no-admission-policies', 'for Kubernetes before 1.30')
    .option('--aws-auth', 'print rows for the ConfigMap aws-auth instead')
    .addOption(new Option('--drain-role <arn>', 'output DrainRoleArn of the stack').argParser(reads(roleArn)))
    .addOption(new Option('--launch-role <arn>', 'output LaunchRoleArn of the stack').argParser(reads(roleArn)))
    .addOption(new Option('--cluster <name>', 'for the eksctl commands of --aws-auth').argParser(reads(clusterName)))
    .showHelpAfterError('See `enl rbac --help` for usage.')
    .addHelpText('after', about)
    .action((options: RbacOptions) => {
      const wrong = whatIsWrong(options);
      if (wrong) command.error(`error: ${wrong}`, { exitCode: 3 });
      const { awsAuth: asRows, cluster, leaseNamespace, admissionPolicies: policies } = options;
      const { drainRole, launchRole } = options;
      const roles = { ...(drainRole && { drain: drainRole }), ...(launchRole && { launch: launchRole }) };
      out(
        asRows ? awsAuth(roles, cluster) : manifests({ identities: identitiesOf(options), policies, leaseNamespace }),
      );
    });
}

const identitiesOf = ({ only }: RbacOptions): readonly Identity[] => (only ? [only] : ['drain', 'launch']);

function whatIsWrong(options: RbacOptions): string | undefined {
  const identities = identitiesOf(options);
  const given = { drain: options.drainRole, launch: options.launchRole };
  const flags = (all: readonly Identity[], value = '') => all.map((each) => `--${each}-role${value}`).join(' and ');
  const named = (['drain', 'launch'] as const).filter((identity) => given[identity] !== undefined);
  const surplus = named.filter((identity) => !identities.includes(identity));
  const missing = identities.filter((identity) => given[identity] === undefined);
  if (surplus.length > 0) return `${flags(surplus)} cannot be used with --only ${options.only}`;
  if (options.awsAuth) return missing.length > 0 ? `--aws-auth needs ${flags(missing, ' ARN')}` : undefined;
  if (named.length > 0) return `${flags(named)} cannot be used without --aws-auth`;
  if (options.cluster !== undefined) return '--cluster cannot be used without --aws-auth';
  if (options.leaseNamespace !== undefined && options.only === 'launch')
    return '--lease-namespace cannot be used with --only launch: a launch takes no Leases';
  return undefined;
}

function reads(reader: Reader<string>): (text: string) => string {
  return (text) => {
    const parsed = z.safeParse(reader, text);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(parsed.error.issues.map(({ message }) => message).join(', '));
  };
}
