import type { Command, Item } from './ast.ts';
import { groupsOf } from './pattern.ts';

const aliasesOf = (items: readonly Item[]) => items.flatMap(({ alias }) => alias ?? []);

/** The names that a command gives to what it computes or extracts. */
export function namesGivenBy(command: Command): string[] {
  switch (command.type) {
    case 'parse': {
      const { pattern, names } = command;
      return pattern.type === 'text' ? names : groupsOf(pattern.source).filter((name) => name !== undefined);
    }
    case 'fields':
      return aliasesOf(command.items);
    case 'stats':
      return aliasesOf([...command.by, ...command.items]);
    default:
      return [];
  }
}

/**
 * Which commands give names: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-alias.html
 * CloudWatch refuses a query that gives one twice, or that of a field which a `fields` shows:
 * https://github.com/trade-tariff/trade-tariff-backend/pull/3465 and https://github.com/trade-tariff/trade-tariff-backend/pull/3558
 */
export function checkNames(commands: readonly Command[], fail: (reason: string, at: number) => never): void {
  const taken = new Set<string>();
  for (const command of commands) {
    if ((command.type === 'display' || command.type === 'dedup') && aliasesOf(command.items).length > 0)
      fail(`${command.type} gives no names: fields and stats do`, command.at);
    const shown = command.type === 'fields' ? command.items : command.type === 'stats' ? command.by : [];
    for (const { expression, alias } of shown)
      if (expression.type === 'field' && alias === null) taken.add(expression.name);
    for (const name of namesGivenBy(command)) {
      if (taken.has(name)) fail(`${name} has a meaning already, and CloudWatch lets none be given twice`, command.at);
      taken.add(name);
    }
  }
}
