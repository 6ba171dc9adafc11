/** What a query says, before anything of it is resolved. `at` is an offset into the query's text. */
export type Expression =
  | { type: 'literal'; value: string | number; at: number }
  | { type: 'field'; name: string; at: number }
  | { type: 'star'; at: number }
  | { type: 'period'; lengthMs: number; at: number }
  | { type: 'call'; name: string; args: Expression[]; at: number }
  | { type: 'binary'; operator: BinaryOperator; left: Expression; right: Expression; at: number }
  | { type: 'not' | 'minus'; operand: Expression; at: number }
  | { type: 'in'; operand: Expression; list: Expression[]; negated: boolean; at: number }
  | { type: 'like'; operand: Expression; pattern: Pattern; negated: boolean; at: number };

export type BinaryOperator = 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | '^';

export type Pattern = { type: 'text'; text: string; at: number } | { type: 'regex'; source: string; at: number };

/** An expression in a list of fields; without an alias its column is called as it is written. */
export interface Item {
  expression: Expression;
  text: string;
  alias: string | null;
}

export interface SortKey {
  expression: Expression;
  descending: boolean;
}

export type Command =
  | { type: 'fields' | 'display'; items: Item[]; at: number }
  | { type: 'filter'; condition: Expression; at: number }
  | { type: 'parse'; of: Expression; pattern: Pattern; names: string[]; at: number }
  | { type: 'stats'; items: Item[]; by: Item[]; at: number }
  | { type: 'sort'; keys: SortKey[]; at: number }
  | { type: 'limit'; count: number; at: number }
  | { type: 'dedup'; items: Item[]; at: number };

/** The fields that an expression reads, by name. */
export function fieldsOf(expression: Expression): string[] {
  switch (expression.type) {
    case 'field':
      return [expression.name];
    case 'call':
      return expression.args.flatMap(fieldsOf);
    case 'binary':
      return [...fieldsOf(expression.left), ...fieldsOf(expression.right)];
    case 'in':
      return [expression.operand, ...expression.list].flatMap(fieldsOf);
    case 'like':
    case 'not':
    case 'minus':
      return fieldsOf(expression.operand);
    default:
      return [];
  }
}

export const columnOf = ({ alias, text, expression }: Item) =>
  alias ?? (expression.type === 'field' ? expression.name : text);
