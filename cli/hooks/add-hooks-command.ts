import { type Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod/mini';
import { defaultHeartbeatSeconds } from '../../shared/lifecycle/hook-plan.ts';
import type { HookKind } from '../../shared/lifecycle/hook-step.ts';
import { clusterName, type Reader, roleArn, topicArn, wholeNumber } from '../../shared/settings/readers.ts';
import type { CliPorts } from '../program.ts';
import { actOnHooks } from './act-on-hooks.ts';
import type { HookRequest } from './hook-request.ts';

export interface HookOptions {
  cluster: string;
  group?: string[];
  requireTag?: boolean;
  stack: string;
  topic?: string;
  role?: string;
  only?: HookKind;
  heartbeatTimeout?: number;
  region?: string;
  profile?: string;
  output: 'text' | 'json';
  yes?: boolean;
  dryRun?: boolean;
  force?: boolean;
  exitCode?: boolean;
}

const about = `
A group is the cluster's by its tag kubernetes.io/cluster/NAME or
eks:cluster-name=NAME. These are left alone, and the plan says why:
  managed node groups, which EKS drains itself
  groups that are tagged eks-node-lifecycle/managed=false
  groups with tags of Karpenter or EKS Auto Mode. Their instances have no
  group at all, drain themselves and need no hook.
Hooks of others are kept: an instance waits for each of them.

Exit code: 0 done or nothing to do, 1 something failed, 2 there is something
to do (plan --exit-code), 3 usage or access, 130 interrupted.

IAM actions: autoscaling:DescribeAutoScalingGroups, DescribeLifecycleHooks,
cloudformation:DescribeStacks unless --topic and --role are given;
to install, autoscaling:PutLifecycleHook and iam:PassRole on the role;
to remove, autoscaling:DeleteLifecycleHook.

Example:
  npm run --silent enl -- hooks plan --cluster demo`;

/** `enl hooks plan|install|remove`. */
export function addHooksCommand(program: Command, ports: CliPorts): void {
  const hooks = program
    .command('hooks')
    .description("the lifecycle hooks of a cluster's self-managed Auto Scaling groups")
    .addHelpText('after', about);

  const add = (command: HookRequest['command'], description: string): Command =>
    hooks
      .command(command)
      .description(description)
      .addOption(
        new Option('-c, --cluster <name>', 'the EKS cluster').argParser(reads(clusterName)).makeOptionMandatory(),
      )
      .option('-g, --group <name...>', 'only these groups; one without the tags of a cluster can be named, too')
      .addOption(new Option('--only <kind>', 'one of the two hooks').choices(['terminate', 'launch']))
      .addOption(
        new Option('--stack <name>', 'whose outputs say what hooks notify, and as whom')
          .env('ENL_STACK')
          .default('NodeLifecycle'),
      )
      .addOption(
        new Option('--topic <arn>', 'which topic hooks notify, instead')
          .env('ENL_TOPIC_ARN')
          .argParser(reads(topicArn)),
      )
      .option('--region <region>', 'as the AWS CLI has it')
      .option('--profile <name>', 'as the AWS CLI has it')
      .addOption(new Option('-o, --output <format>', 'how to print it').choices(['text', 'json']).default('text'))
      .action((options: HookOptions) => actOnHooks(command, options, ports));
  const wanted = (command: Command): Command =>
    command
      .option('--require-tag', 'only groups that are tagged eks-node-lifecycle/managed=true, where the settings say so')
      .addOption(
        new Option('--role <arn>', 'as whom Auto Scaling publishes, instead')
          .env('ENL_HOOK_ROLE_ARN')
          .argParser(reads(roleArn)),
      )
      .addOption(
        new Option('--heartbeat-timeout <seconds>', 'until a hook gives up on us, 30 to 7200')
          .argParser(reads(wholeNumber(30, 7200)))
          .default(defaultHeartbeatSeconds),
      );
  const acting = (command: Command): Command =>
    command.option('-y, --yes', 'do not ask').option('--dry-run', 'show what would be done, and do nothing');

  wanted(add('plan', 'show what install would do')).option('--exit-code', 'exit with 2 when there is something to do');
  acting(wanted(add('install', 'add the hooks that are missing and change those that differ')));
  acting(add('remove', 'delete our hooks')).option('--force', 'go by their names, whatever they notify');
}

function reads<T>(reader: Reader<T>): (text: string) => T {
  return (text) => {
    const parsed = z.safeParse(reader, text);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(parsed.error.issues.map(({ message }) => message).join(', '));
  };
}
