import { type Command, Option } from 'commander';
import { addConnectionOptions } from '../connect/connection-options.ts';
import { addTargetOptions } from '../drain/target-options.ts';
import { formatOption } from '../output/formats.ts';
import type { CliPorts } from '../program.ts';
import { runCommand } from '../run-command.ts';
import type { NodesOptions } from './list-nodes.ts';

const about = `
GROUP is the Auto Scaling group with --cluster, --asg or --groups, which ask
AWS; else what labels of eksctl, EKS, Karpenter or kops say. WOULD BLOCK is
what a drain without options meets: drain plan tells more of one node.

Exit code: 0 listed, 3 usage or access, 130 interrupted.

Examples:
  enl nodes
  enl nodes --context kind-dev -l node-role.kubernetes.io/worker -o yaml
  enl nodes --cluster prod --asg workers
  enl nodes --sandbox`;

/** `enl nodes`. */
export function addNodesCommand(program: Command, ports: CliPorts): void {
  addConnectionOptions(
    addTargetOptions(
      program.command('nodes').description('list nodes with group, age, pods and what would block a drain'),
    ),
  )
    .addOption(new Option('--groups', 'ask Auto Scaling for the groups of the nodes'))
    .addOption(formatOption())
    .addHelpText('after', about)
    .action((names: string[], options: NodesOptions) =>
      runCommand(async (running) => (await import('./list-nodes.ts')).actNodes(names, options, ports, running)),
    );
}
