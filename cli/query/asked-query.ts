import { findQuery } from '../../shared/log-insights/catalogue.ts';
import type { Values } from '../../shared/log-insights/parameters.ts';
import type { CatalogueQuery, SeverityRule, Stream } from '../../shared/log-insights/query.ts';
import type { AskedFor } from '../../shared/log-page/query-view.ts';
import { readOr } from '../audit/named-files.ts';
import { CommandError } from '../command-error.ts';
import { chosenQuery, givenValues, textOf } from './chosen-query.ts';
import type { RunOptions } from './run-options.ts';

/** A query of the catalogue with its values, or one of a person's own. */
export interface AskedQuery extends Pick<CatalogueQuery, 'mergeable' | 'aggregates'> {
  shown: AskedFor;
  /** None: whatever there is. */
  streams: readonly Stream[];
  /** Which rows are findings. */
  severityOf?: (row: Parameters<SeverityRule['of']>[0]) => ReturnType<SeverityRule['of']>;
}

/** Throws a CommandError for what it cannot be made of. */
export function askedQuery(idOrName: string | undefined, options: RunOptions): AskedQuery {
  const { queryFile } = options;
  if (idOrName !== undefined && queryFile !== undefined)
    throw new CommandError('--query-file is a query of its own', `Leave ${JSON.stringify(idOrName)} out, or the file.`);
  if (queryFile !== undefined) return ownQuery(queryFile, options);
  if (idOrName === undefined) throw new CommandError('which query?', nextWithout(options));
  const query = chosenQuery(idOrName);
  const values = givenValues(options);
  const text = textOf(query, values);
  const { id, name, title, answers, reading, streams, mergeable, aggregates, severity } = query;
  const parameters = withDefaults(query, values);
  return {
    shown: { id, name, title, text, parameters, answers, reading },
    ...{ streams, mergeable },
    ...(aggregates && { aggregates }),
    ...(severity && { severityOf: (row) => severity.of(row, parameters) }),
  };
}

function nextWithout({ file = [] }: RunOptions): string {
  const taken = file.find((name) => findQuery(name));
  if (taken !== undefined) return `--file takes every name behind it: write ${JSON.stringify(taken)} before it.`;
  return 'Name one (enl query list), or pass a text of your own with --query-file.';
}

function withDefaults({ parameters }: CatalogueQuery, values: Values): Values {
  const defaults = parameters.flatMap(({ name, default: otherwise }) =>
    otherwise === undefined ? [] : [[name, otherwise] as const],
  );
  return { ...Object.fromEntries(defaults), ...values };
}

/** Nobody knows whether its rows can be put together again: its range is not split. */
function ownQuery(file: string, options: RunOptions): AskedQuery {
  const given = Object.keys(givenValues(options)).map((name) => `--${name}`);
  if (given.length > 0)
    throw new CommandError(
      `${given.join(' and ')} would not do anything: ${file} has no parameters`,
      'Write the values into it.',
    );
  if (file === '-' && options.file?.includes('-'))
    throw new CommandError('standard input cannot be both the query and the log', 'Put one of them into a file.');
  const text = readOr(file).trim();
  if (text === '') throw new CommandError(`${file} is empty`, 'It is to hold a query for CloudWatch Logs Insights.');
  return { shown: { name: file, title: `Query of ${file}`, text, parameters: {} }, streams: [], mergeable: false };
}
