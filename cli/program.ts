import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { addAuditCommand } from './audit/add-audit-command.ts';
import { addCompletionCommand } from './completion/add-completion-command.ts';
import { addDrainCommand } from './drain/add-drain-command.ts';
import { addEvidenceCommand } from './evidence/add-evidence-command.ts';
import { addHooksCommand } from './hooks/add-hooks-command.ts';
import { addNodesCommand } from './nodes/add-nodes-command.ts';
import { addQueryCommand } from './query/add-query-command.ts';
import { addRbacCommand } from './rbac/add-rbac-command.ts';
import { type ReportOptions, showReports } from './report.ts';
import { addRollCommand } from './roll/add-roll-command.ts';

export interface CliPorts {
  /** Data; what is said about it goes to stderr. */
  out: (text: string) => void;
}

/** The command line. Exit codes: 0 fine, 3 usage or access. */
export function createProgram(ports: CliPorts): Command {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const program = new Command('enl')
    .description(
      'Drains EKS nodes before they go. https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html',
    )
    .version(version)
    .showHelpAfterError('Run `enl --help` for what there is.')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 3));
  addNodesCommand(program, ports);
  addDrainCommand(program, ports);
  addRollCommand(program, ports);
  program
    .command('report')
    .description('show the report of a drain, or of several')
    .argument('<file...>', 'reports as JSON; - reads standard input')
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .option(
      '--html <file>',
      'write a page for a browser instead; of several reports, one for all; - is standard output',
    )
    .addHelpText(
      'after',
      [
        '\nExamples:',
        '  aws s3 cp s3://BUCKET/reports/i-0abc….json - | npm run --silent enl -- report -',
        '  npm run --silent enl -- report reports/*.json --html roll.html',
      ].join('\n'),
    )
    .action((files: string[], options: ReportOptions) => fail(program, () => showReports(files, options, ports)));
  addRbacCommand(program, ports);
  addHooksCommand(program, ports);
  addAuditCommand(program, ports);
  addQueryCommand(program, ports);
  addEvidenceCommand(program, ports);
  addCompletionCommand(program);
  return program;
}

/** One line and the next step instead of a stack trace. */
async function fail(program: Command, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    program.error(`enl: ${error instanceof Error ? error.message : String(error)}`, { exitCode: 3 });
  }
}
