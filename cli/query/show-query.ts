import wrapAnsi from 'wrap-ansi';
import { commandLine } from '../../shared/lifecycle/shell-quote.ts';
import type { Values } from '../../shared/log-insights/parameters.ts';
import type { CatalogueQuery } from '../../shared/log-insights/query.ts';
import { CommandError } from '../command-error.ts';
import { terminalWidth } from '../output/terminal-width.ts';
import type { CliPorts } from '../program.ts';
import { chosenQuery, givenValues, missingIn, templateOf, textOf } from './chosen-query.ts';
import { allowed } from './list-queries.ts';
import type { ParameterOptions } from './parameter-options.ts';

export interface ShowOptions extends ParameterOptions {
  text?: true;
}

/** Longer lines of prose are hard to read. */
const readableCharacters = 100;

/** `enl query show`. Throws a CommandError. */
export async function showQuery(idOrName: string, options: ShowOptions, { out }: CliPorts): Promise<number> {
  const query = chosenQuery(idOrName);
  const values = givenValues(options);
  const missing = missingIn(query, values);
  if (options.text && missing.length > 0)
    throw new CommandError(
      missing.map(({ name }) => `${name} is missing`).join('; '),
      `enl query show ${query.name} --text ${missing.map(({ name }) => `--${name} VALUE`).join(' ')}`,
    );
  const text = missing.length > 0 ? templateOf(query, values) : textOf(query, values);
  if (options.text) out(`${text}\n`);
  else out(`${linesOf(query, values, text, terminalWidth(process.stdout)).join('\n')}\n`);
  return 0;
}

function linesOf(query: CatalogueQuery, values: Values, text: string, width: number): string[] {
  const wrap = (words: string, first = '', later = first) =>
    wrapAnsi(words, Math.min(width, readableCharacters) - later.length)
      .split('\n')
      .map((line, at) => `${at === 0 ? first : later}${line}`);
  const { id, name, title, answers, streams, parameters, reading, severity } = query;
  return [
    `${id} ${name}: ${title}`,
    ...['', ...wrap(answers)],
    ...[
      '',
      `Log: ${streams.join(', ')}${streams.includes('cloudtrail') ? ' (pass the log group of the trail with --log-group)' : ''}`,
    ],
    ...(parameters.length > 0 ? ['', 'Parameters'] : []),
    ...parameters.flatMap((parameter) => {
      const { default: otherwise, required, description } = parameter;
      const how = required ? 'required. ' : otherwise === undefined ? '' : `${otherwise} unless given. `;
      return wrap(`--${parameter.name}: ${how}${description} It is ${allowed(parameter)}.`, '  ', '      ');
    }),
    ...['', 'Text', ...text.split('\n').map((line) => `  ${line}`)],
    ...['', 'How to read the result', ...wrap(reading, '  ')],
    ...(severity ? ['', ...wrap(`On a schedule a finding: ${severity.when}.`)] : []),
    ...['', 'To run it', `  ${commandOf(query, values)}`],
  ];
}

function commandOf(query: CatalogueQuery, values: Values): string {
  const whose = query.streams.includes('cloudtrail') ? ['--log-group', 'LOG-GROUP'] : ['--cluster', 'CLUSTER'];
  const given = Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
  const missing = missingIn(query, values).flatMap(({ name }) => [`--${name}`, name.toUpperCase()]);
  return commandLine('enl', 'query', 'run', query.name, ...whose, ...given, ...missing, '--since', '2h');
}
