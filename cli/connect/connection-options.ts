import { type Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod/mini';
import { clusterName } from '../../shared/settings/readers.ts';

/** How a command is told which cluster, and as whom. */
export interface ConnectionOptions {
  kubeconfig?: string;
  context?: string;
  cluster?: string;
  region?: string;
  profile?: string;
  sandbox?: true;
}

const group = 'Which cluster:';

export function addConnectionOptions(command: Command): Command {
  const add = (option: Option) => command.addOption(option.helpGroup(group));
  add(new Option('--kubeconfig <file>', 'instead of KUBECONFIG or ~/.kube/config').conflicts(['cluster', 'sandbox']));
  add(
    new Option('--context <name>', 'of the kubeconfig, instead of its current one').conflicts(['cluster', 'sandbox']),
  );
  add(
    new Option('-c, --cluster <name>', 'an EKS cluster by its name; no kubeconfig is read')
      .argParser(clusterNamed)
      .conflicts('sandbox'),
  );
  add(new Option('--region <region>', 'of AWS, as the AWS CLI has it'));
  add(new Option('--profile <name>', 'of AWS, as the AWS CLI has it'));
  add(new Option('--sandbox', 'a cluster and a group that are models in this process: nothing leaves this machine'));
  return command;
}

function clusterNamed(text: string): string {
  const parsed = z.safeParse(clusterName, text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(parsed.error.issues.map(({ message }) => message).join(', '));
}
