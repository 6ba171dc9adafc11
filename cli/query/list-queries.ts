import { catalogue } from '../../shared/log-insights/catalogue.ts';
import { kinds, type Parameter } from '../../shared/log-insights/parameters.ts';
import type { CatalogueQuery } from '../../shared/log-insights/query.ts';
import { formatted } from '../output/formats.ts';
import { terminalWidth } from '../output/terminal-width.ts';
import type { CliPorts } from '../program.ts';
import { fittedTable } from './fitted-table.ts';

export interface ListOptions {
  output: 'table' | 'json';
}

/** In a narrower terminal only what one chooses by. */
const wideColumns = 110;

/** `enl query list`. */
export async function listQueries({ output }: ListOptions, { out }: CliPorts): Promise<number> {
  out(await formatted(catalogue.map(rowOf), output, () => tableOf(terminalWidth(process.stdout))));
  return 0;
}

function rowOf({ id, name, title, answers, streams, parameters, severity }: CatalogueQuery) {
  return {
    id,
    name,
    title,
    answers,
    streams,
    parameters: parameters.map((parameter) => ({
      name: parameter.name,
      required: parameter.required ?? false,
      ...(parameter.default !== undefined && { default: parameter.default }),
      allows: allowed(parameter),
      description: parameter.description,
    })),
    severity: severity?.when ?? null,
  };
}

/** In words. */
export function allowed({ kind, choices }: Parameter): string {
  return choices ? `one of ${Object.keys(choices).join(', ')}` : kinds[kind].allows;
}

export function tableOf(width: number): string {
  const isWide = width >= wideColumns;
  const rows = catalogue.map(({ id, name, title, streams, parameters, severity }) => [
    ...[id, name, title],
    ...(isWide ? [streams.join(', '), parameters.map(said).join(' '), severity ? 'finding' : ''] : []),
  ]);
  const headings = ['id', 'name', 'title', ...(isWide ? ['log', 'parameters', 'scheduled'] : [])];
  return `${fittedTable(headings, rows, width)}\n\nWhat one asks, and how: enl query show NAME`;
}

function said({ name, required }: Parameter): string {
  return required ? name : `[${name}]`;
}
