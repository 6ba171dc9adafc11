import { type Command, columnOf, fieldsOf } from './ast.ts';
import { checkNames, namesGivenBy } from './given-names.ts';

type Fail = (reason: string, at: number) => never;
type Sort = Extract<Command, { type: 'sort' }>;

/** Rows of a result when the query does not say how many, and how many it may ask for. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Limit.html */
export const [defaultLimit, mostRows] = [10_000, 100_000];

const perRow = new Set(['fields', 'display', 'filter', 'parse']);

/** Where a sort can wait until: past commands that work on one row each. Before another sort it has no effect. */
function postpone(commands: Command[], fail: Fail): Command[] {
  const arranged = [...commands];
  for (let at = arranged.length - 1; at >= 0; at--) {
    const sort = arranged[at] as Command;
    if (sort.type !== 'sort') continue;
    const keys = new Set(sort.keys.flatMap(({ expression }) => fieldsOf(expression)));
    let next = at + 1;
    for (; next < arranged.length && perRow.has((arranged[next] as Command).type); next++) {
      const command = arranged[next] as Command;
      const redefined = namesGivenBy(command).find((name) => keys.has(name));
      if (redefined) fail(`${redefined} is given a new meaning after it was sorted by`, command.at);
    }
    arranged.splice(next, 0, ...(arranged[next]?.type === 'sort' ? [] : [sort]));
    arranged.splice(at, 1);
  }
  return arranged;
}

/** At most two, and neither sort nor limit before the last: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html */
function checkStats(commands: readonly Command[], fail: Fail): void {
  const third = commands.filter(({ type }) => type === 'stats')[2];
  if (third) fail('a query may have two stats commands', third.at);
  const last = commands.findLastIndex(({ type }) => type === 'stats');
  const early = commands.slice(0, Math.max(0, last)).find(({ type }) => type === 'sort' || type === 'limit');
  if (early) fail(`${early.type} comes after the last stats`, early.at);
}

/**
 * The commands in an order in which they run with bounded memory and mean the same: each sort stands before a limit or a
 * dedup. Without a sort the newest events come first, as in CloudWatch.
 */
export function arrange(commands: Command[], fail: Fail): Command[] {
  const dedup = commands.findIndex(({ type }) => type === 'dedup');
  const misplaced = dedup < 0 ? undefined : commands.slice(dedup + 1).find(({ type }) => type !== 'limit');
  if (misplaced) fail('only limit may follow dedup', misplaced.at);
  for (const command of commands)
    if (command.type === 'limit' && (command.count < 1 || command.count > mostRows))
      fail(`limit takes 1 to ${mostRows} rows`, command.at);

  checkStats(commands, fail);
  checkNames(commands, fail);

  const arranged = postpone(commands, fail);
  const lastStats = arranged.findLastIndex(({ type }) => type === 'stats');
  if (!arranged.slice(lastStats + 1).some(({ type }) => type === 'limit'))
    arranged.push({ type: 'limit', count: defaultLimit, at: 0 });
  const first = arranged.findIndex(({ type }) => !perRow.has(type));
  const { type } = arranged[first] as Command;
  const newestFirst: Sort = {
    type: 'sort',
    keys: [{ expression: { type: 'field', name: '@timestamp', at: 0 }, descending: true }],
    at: 0,
  };
  if (type === 'limit' || type === 'dedup') arranged.splice(first, 0, newestFirst);
  // After stats, rows come as the groups were found: a dedup keeps the first of them.
  const bare = arranged.findIndex(({ type }, at) => type === 'dedup' && arranged[at - 1]?.type !== 'sort');
  if (bare >= 0) arranged.splice(bare, 0, { type: 'sort', keys: [], at: 0 });
  return arranged;
}

/** Columns of the result: what the last `display` says, or all that was named, or time and message. */
export function columnsOf(commands: Command[]): string[] {
  let columns: string[] = [];
  let shown: string[] | undefined;
  for (const command of commands) {
    if (command.type === 'fields') columns.push(...command.items.map(columnOf));
    if (command.type === 'parse') columns.push(...namesGivenBy(command));
    if (command.type === 'stats') columns = [...command.by, ...command.items].map(columnOf);
    if (command.type === 'stats') shown = undefined;
    if (command.type === 'display') shown = command.items.map(columnOf);
  }
  const all = [...new Set(shown ?? columns)];
  return all.length > 0 ? all : ['@timestamp', '@message'];
}
