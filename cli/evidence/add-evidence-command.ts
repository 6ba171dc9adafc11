import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CliPorts } from '../program.ts';
import { readBytes } from '../query/read-bytes.ts';
import { readInstant, readSince } from '../query/read-range.ts';
import { runCommand } from '../run-command.ts';
import { type EvidenceOptions, evidenceFormats } from './evidence-options.ts';

const about = `
Each eviction, delete and change of the node that a report tells of is looked
for in the API server's audit log, by its answer and its time; and what the
log has in the drain's name on that node and its pods is looked for in the
report. What others did to drain the node, managed node groups among them, is
shown beside it, from the log alone. It only reads.

Exit code: 0 all of the report is in the log, 1 they differ, 2 not all could
be judged, 3 usage or access, 130 interrupted.

Examples:
  npm run --silent enl -- evidence --report report.json --file audit.log
  npm run --silent enl -- evidence --node ip-10-0-1-2.ec2.internal --reports s3://BUCKET --cluster prod
  npm run --silent enl -- evidence --drain i-0abc-465e0162 --reports s3://BUCKET --cluster prod -o html --output-file e.html
  npm run --silent enl -- evidence --node ip-10-0-1-2.ec2.internal --cluster prod --since 2h`;

/** `enl evidence`. */
export function addEvidenceCommand(program: Command, ports: CliPorts): void {
  program
    .command('evidence')
    .description("a drain's report and the audit log side by side")
    .option('--drain <execution>', 'the drain, by the name of its execution')
    .option('--node <name>', 'the node')
    .addOption(
      new Option('--report <file>', 'the report: a file, s3://BUCKET/KEY, or - for standard input').conflicts(
        'reports',
      ),
    )
    .option('--reports <place>', 'where reports lie, a folder or s3://BUCKET: the newest of that drain or node')
    .option('-c, --cluster <name>', 'the EKS cluster whose log is asked; that of the report unless given')
    .option('--log-group <name>', 'another log group')
    .addOption(
      new Option(
        '--file <log...>',
        'audit logs in files, .gz too, instead of CloudWatch; - reads standard input',
      ).conflicts(['cluster', 'logGroup', 'maxBytes']),
    )
    .option('--user <name...>', 'what Kubernetes calls whoever drains; found by who marked the node unless given')
    .addOption(
      new Option('--tolerance <seconds>', 'by how much the clocks may differ').argParser(readSeconds).default(5),
    )
    .addOption(
      new Option('--since <duration>', 'without a report: from so long ago, such as 2h or 7d').argParser(readSince),
    )
    .addOption(new Option('--start <instant>', 'from then on, such as 2026-03-01T08:00:00Z').argParser(readInstant))
    .addOption(new Option('--end <instant>', 'until then').argParser(readInstant))
    .addOption(
      new Option(
        '--max-bytes <bytes>',
        'read no more of the log than this in all, such as 10GB: it is read twice',
      ).argParser(readBytes),
    )
    .option('--region <region>', 'as the AWS CLI has it')
    .option('--profile <name>', 'as the AWS CLI has it')
    .addOption(new Option('-o, --output <format>', 'how to print it').choices(evidenceFormats).default('text'))
    .option('--output-file <file>', 'write it there instead of on standard output')
    .addHelpText('after', about)
    .action((options: EvidenceOptions) =>
      runCommand(async (running) => (await import('./show-evidence.ts')).showEvidence(options, ports, running)),
    );
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || seconds > 300) throw new InvalidArgumentError('expected 0 to 300 seconds');
  return seconds;
}
