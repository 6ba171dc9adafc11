import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { addHooksCommand } from './hooks/add-hooks-command.ts';
import { addRbacCommand } from './rbac/add-rbac-command.ts';
import { showReport } from './report.ts';

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
  program
    .command('report')
    .description('show the report of a drain')
    .argument('<file>', 'a report as JSON; - reads standard input')
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      '\nExample:\n  aws s3 cp s3://BUCKET/reports/i-0abc….json - | npm run --silent enl -- report -',
    )
    .action((file: string, { output }: { output: 'text' | 'json' }) =>
      fail(program, () => showReport(file, output, ports)),
    );
  addRbacCommand(program, ports);
  addHooksCommand(program, ports);
  return program;
}

/** One line and the next step instead of a stack trace. */
function fail(program: Command, act: () => void): void {
  try {
    act();
  } catch (error) {
    program.error(`enl: ${error instanceof Error ? error.message : String(error)}`, { exitCode: 3 });
  }
}
