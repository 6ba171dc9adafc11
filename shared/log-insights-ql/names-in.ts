import { type Command, fieldsOf, type Item } from './ast.ts';

/** The fields that a command reads, whoever gives them. */
export function namesIn(command: Command): string[] {
  const ofItems = (items: Item[]) => items.flatMap(({ expression }) => fieldsOf(expression));
  switch (command.type) {
    case 'fields':
    case 'display':
    case 'dedup':
      return ofItems(command.items);
    case 'stats':
      return ofItems([...command.items, ...command.by]);
    case 'filter':
      return fieldsOf(command.condition);
    case 'parse':
      return fieldsOf(command.of);
    case 'sort':
      return command.keys.flatMap(({ expression }) => fieldsOf(expression));
    case 'limit':
      return [];
  }
}
