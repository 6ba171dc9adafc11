import { columnOf, fieldsOf, type Item } from './ast.ts';
import { namesGivenBy } from './given-names.ts';
import { namesIn } from './names-in.ts';
import { parseQuery } from './parse-query.ts';

/**
 * The fields that a query reads of an event's JSON: neither one of every event (`@message`, `@logStream` …) nor named by the query itself.
 * A log group that is not of class Standard has none of them. Throws QueryError.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
 */
export function discoveredFields(text: string): string[] {
  const given = new Set<string>();
  const found = new Set<string>();
  const read = (names: readonly string[]) => {
    for (const name of names) if (!name.startsWith('@') && !given.has(name)) found.add(name);
  };
  const readItems = (items: readonly Item[]) => {
    for (const item of items) {
      read(fieldsOf(item.expression));
      if (item.alias !== null) given.add(item.alias);
    }
  };
  for (const command of parseQuery(text)) {
    if (command.type === 'stats') {
      readItems([...command.by, ...command.items]);
      for (const item of [...command.by, ...command.items]) given.add(columnOf(item));
    } else if ('items' in command) readItems(command.items);
    else read(namesIn(command));
    for (const name of namesGivenBy(command)) given.add(name);
  }
  return [...found];
}
