import { catalogue, findQuery } from '../../shared/log-insights/catalogue.ts';
import { checkValues, type Parameter, ParameterError, type Values } from '../../shared/log-insights/parameters.ts';
import type { CatalogueQuery } from '../../shared/log-insights/query.ts';
import { withoutUnseen } from '../../shared/log-page/shown-value.ts';
import { nearNames } from '../../shared/manual/near-names.ts';
import { CommandError } from '../command-error.ts';
import { type ParameterOptions, parameterNames } from './parameter-options.ts';

/** By id or name. Throws a CommandError. */
export function chosenQuery(idOrName: string): CatalogueQuery {
  const query = findQuery(idOrName);
  if (query) return query;
  const near = nearNames(
    idOrName,
    catalogue.map(({ name }) => name),
  );
  throw new CommandError(
    `there is no query ${withoutUnseen(JSON.stringify(idOrName.slice(0, 80)))}`,
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'What there is: enl query list',
  );
}

/** What was given for parameters, of any query. */
export function givenValues(options: ParameterOptions): Values {
  return Object.fromEntries(
    parameterNames.flatMap((name) => {
      const value = options[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The text with the values in it. Throws a CommandError with all that is wrong with them. */
export function textOf(query: CatalogueQuery, values: Values): string {
  try {
    return query.text(values);
  } catch (error) {
    throw explainValues(error, query);
  }
}

/** What is there instead of a text when values are missing that it cannot be without: its template, with those there are. Throws a CommandError. */
export function templateOf(query: CatalogueQuery, values: Values): string {
  try {
    const known = query.parameters.filter(({ name }) => Object.hasOwn(values, name));
    const filled = checkValues(known, values);
    return query.template.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => filled[name] ?? whole);
  } catch (error) {
    throw explainValues(error, query);
  }
}

export function missingIn(query: CatalogueQuery, values: Values): Parameter[] {
  return query.parameters.filter(({ name, required }) => required && !Object.hasOwn(values, name));
}

function explainValues(error: unknown, query: CatalogueQuery): unknown {
  if (!(error instanceof ParameterError)) return error;
  const { name, parameters } = query;
  const known = parameters.map((parameter) => `--${parameter.name}`);
  const next =
    known.length === 0 ? `${name} has no parameters.` : `${name} has ${known.join(', ')}: enl query show ${name}`;
  return new CommandError(withoutUnseen(error.problems.join('; ')), next, { cause: error });
}
