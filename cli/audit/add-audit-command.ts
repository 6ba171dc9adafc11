import { type Command, Option } from 'commander';
import { severities } from '../../shared/audit/finding.ts';
import type { CliPorts } from '../program.ts';
import { runCommand } from '../run-command.ts';
import type { AuditOptions } from './audit-subnets.ts';
import { addFixOptions, isAboutTags } from './fix/add-fix-options.ts';
import { auditFormats } from './render-report.ts';

const about = `
It simulates what the AWS Load Balancer Controller, the VPC CNI and EKS would
do with the subnets of the clusters' VPCs: tags, routes, free addresses. It
only reads, unless it is to --fix. What may not be read is UNKNOWN and never
passes; inside the clusters it reads what the credentials allow.

Exit code: 0 fine, 1 a finding that nobody waived of at least the --fail-on
severity, 2 something is unknown (--strict), 3 usage or access, 130
interrupted.

Examples:
  npm run --silent enl -- audit subnets --cluster demo
  npm run --silent enl -- audit subnets -o html --output-file audit.html
  npm run --silent enl -- audit subnets --save-snapshot network.json
  npm run --silent enl -- audit subnets --snapshot network.json --waivers waivers.yaml`;

/** `enl audit subnets`. */
export function addAuditCommand(program: Command, ports: CliPorts): void {
  const subnets = program
    .command('audit')
    .description('what is wrong around clusters, before it is needed')
    .command('subnets')
    .description('subnets, routes and tags of the VPCs of clusters')
    .option('-c, --cluster <name...>', 'only these clusters, instead of all of the region')
    .option('--vpc <id...>', 'only clusters in these VPCs')
    .option('--region <region>', 'as the AWS CLI has it')
    .option('--profile <name>', 'as the AWS CLI has it')
    .option('--no-kubernetes', 'do not look into the clusters')
    .addOption(
      new Option(
        '--snapshot <file>',
        'judge what was seen then, and ask AWS nothing; - reads standard input',
      ).conflicts('profile'),
    )
    .option('--save-snapshot <file>', 'write what was seen, without secrets and user data')
    .option('--waivers <file>', 'findings that may stay for a while, as YAML')
    .addOption(
      new Option('--fail-on <severity>', 'the least severity that makes the exit code 1')
        .choices(severities)
        .default('high'),
    )
    .option('--strict', 'exit with 2 when something is unknown')
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(auditFormats).default('table'))
    .option('--output-file <file>', 'write it there instead of on standard output')
    .addHelpText('after', about)
    .action((options: AuditOptions) =>
      runCommand(async (running) => {
        if (isAboutTags(options)) return (await import('./fix/act-on-tags.ts')).actOnTags(options, ports, running);
        return (await import('./audit-subnets.ts')).auditSubnets(options, ports, running);
      }),
    );
  addFixOptions(subnets);
}
