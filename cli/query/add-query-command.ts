import { type Command, Option } from 'commander';
import type { CliPorts } from '../program.ts';
import { runCommand } from '../run-command.ts';
import type { ListOptions } from './list-queries.ts';
import { addParameterOptions } from './parameter-options.ts';
import { runExamples, showExamples } from './query-examples.ts';
import { readBytes } from './read-bytes.ts';
import { readInstant, readSince } from './read-range.ts';
import { resultFormats } from './render-result.ts';
import type { RunOptions } from './run-options.ts';
import { logStreams } from './run-options.ts';
import type { ShowOptions } from './show-query.ts';

/** `enl query list|show|run`. */
export function addQueryCommand(program: Command, ports: CliPorts): void {
  const query = program
    .command('query')
    .description("questions to the logs of a cluster's control plane")
    .showHelpAfterError('To ask a query: enl query run NAME. What there is: enl query list.');
  query
    .command('list')
    .description('the queries that there are')
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(['table', 'json']).default('table'))
    .action((options: ListOptions) =>
      runCommand(async () => (await import('./list-queries.ts')).listQueries(options, ports)),
    );
  addParameterOptions(
    query
      .command('show')
      .description('what a query answers, its parameters and its text')
      .argument('<query>', 'its name or id')
      .option('--text', 'only its text, to paste it into the console'),
  )
    .addHelpText('after', showExamples)
    .action((name: string, options: ShowOptions) =>
      runCommand(async () => (await import('./show-query.ts')).showQuery(name, options, ports)),
    );
  addRun(query, ports);
}

function addRun(query: Command, ports: CliPorts): void {
  const run = query
    .command('run')
    .description('ask CloudWatch Logs Insights, or a file')
    .argument('[query]', 'its name or id')
    .addOption(new Option('--query-file <file>', 'the text of a query, instead; - reads standard input'))
    .option('-c, --cluster <name>', 'the EKS cluster whose log is asked')
    .option('--log-group <name>', 'another log group, such as that of a CloudTrail trail')
    .addOption(
      new Option('--file <log...>', 'logs in files, .gz too, instead of CloudWatch; - reads standard input').conflicts([
        'cluster',
        'logGroup',
        'region',
        'profile',
        'maxBytes',
      ]),
    )
    .addOption(new Option('--stream <stream>', 'which log the files are').choices(logStreams));
  addParameterOptions(run)
    .addOption(
      new Option('--since <duration>', 'from so long ago, such as 30m, 2h or 7d; 1h unless given').argParser(readSince),
    )
    .addOption(new Option('--start <instant>', 'from then on, such as 2026-03-01T08:00:00Z').argParser(readInstant))
    .addOption(new Option('--end <instant>', 'until then').argParser(readInstant))
    .addOption(
      new Option('--max-bytes <bytes>', 'read no more of the log than this, such as 10GB').argParser(readBytes),
    )
    .option('--region <region>', 'as the AWS CLI has it')
    .option('--profile <name>', 'as the AWS CLI has it')
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(resultFormats).default('table'))
    .option('--output-file <file>', 'write it there instead of on standard output')
    .addHelpText('after', runExamples)
    .action((name: string | undefined, options: RunOptions) =>
      runCommand(async (running) => (await import('./run-query.ts')).actRun(name, options, ports, running)),
    );
}
