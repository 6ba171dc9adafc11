import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsOf } from './run-over.ts';

interface Fields {
  id: number;
  verb?: string;
  code?: number;
  user?: { name: string };
}

const verbs = ['get', 'list', 'delete', 'patch', 'say "get"', '\u00e9', 'a\\b', '12'];
const event = fc.record(
  {
    verb: fc.constantFrom(...verbs),
    code: fc.integer({ min: 199, max: 205 }),
    user: fc.record({ name: fc.constantFrom('ann', 'bob', 'eve') }),
  },
  { requiredKeys: [] },
);
const log = fc
  .array(event, { maxLength: 40 })
  .map((events) => events.map((fields, id) => ({ id, ...fields }) as Fields));

type Holds = (fields: Fields) => boolean;
type Condition = [string, Holds];

/** A condition as the query says it, and as a function of the event. */
const simple: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .constantFrom(...verbs)
    .map((verb): Condition => [`verb = ${JSON.stringify(verb)}`, (fields) => fields.verb === verb]),
  fc
    .subarray(verbs, { minLength: 1 })
    .map((list): Condition => [`verb not in ${JSON.stringify(list)}`, (fields) => !list.includes(fields.verb ?? '')]),
  fc
    .subarray(verbs, { minLength: 1 })
    .map((list): Condition => [`verb in ${JSON.stringify(list)}`, (fields) => list.includes(fields.verb ?? '')]),
  fc
    .integer({ min: 198, max: 206 })
    .map((code): Condition => [`code >= ${code}`, (fields) => fields.code !== undefined && fields.code >= code]),
  fc.constant<Condition>(['user.name like /^[ae]/', ({ user }) => user !== undefined && user.name !== 'bob']),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    simple,
    tie('condition').map(([text, holds]): Condition => [`not (${text})`, (fields: Fields) => !holds(fields)]),
    fc
      .tuple(tie('condition'), tie('condition'))
      .map(([[a, f], [b, g]]): Condition => [`(${a}) and (${b})`, (fields: Fields) => f(fields) && g(fields)]),
    fc
      .tuple(tie('condition'), tie('condition'))
      .map(([[a, f], [b, g]]): Condition => [`(${a}) or (${b})`, (fields: Fields) => f(fields) || g(fields)]),
  ),
}));

/** All letters and quotes as an encoder may write them, too. */
const escaped = (text: string) =>
  text.replace(/get|\u00e9/g, (word) =>
    [...word].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  );

describe('a query of any log', () => {
  it('filters as Array.filter does, however the log spells its texts', async () => {
    await fc.assert(
      fc.asyncProperty(log, condition, fc.boolean(), async (events, [text, holds], isEscaped) => {
        const lines = events.map((fields) => (isEscaped ? escaped(JSON.stringify(fields)) : fields));
        const rows = await rowsOf(`fields id | filter ${text} | sort id asc`, lines);
        expect(rows.map(({ id }) => id)).toEqual(events.filter(holds).map(({ id }) => id));
      }),
      { numRuns: 100 },
    );
  });

  it('aggregates as a loop over its groups does', async () => {
    await fc.assert(
      fc.asyncProperty(log, async (events) => {
        const groups = Map.groupBy(events, ({ verb }) => verb ?? null);
        const expected = [...groups].map(([verb, members]) => {
          const codes = members.flatMap(({ code }) => code ?? []).sort((a, b) => a - b);
          return {
            verb,
            n: members.length,
            sum: codes.length > 0 ? codes.reduce((a, b) => a + b) : null,
            least: codes[0] ?? null,
            most: codes.at(-1) ?? null,
            p90: codes[Math.ceil(codes.length * 0.9) - 1] ?? null,
            names: new Set(members.flatMap(({ user }) => user?.name ?? [])).size,
            last: members.findLast(({ code }) => code !== undefined)?.code ?? null,
          };
        });
        const query =
          'stats count(*) as n, sum(code) as sum, min(code) as least, max(code) as most, pct(code, 90) as p90, count_distinct(user.name) as names, latest(code) as last by verb';
        expect(await rowsOf(query, events)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('sorts and limits as a sort of all rows does, and leaves rows that are equal as they came', async () => {
    await fc.assert(
      fc.asyncProperty(log, fc.integer({ min: 1, max: 45 }), async (events, limit) => {
        const rows = await rowsOf(`fields id | sort code desc | limit ${limit}`, events);
        const sorted = events.toSorted((a, b) => (b.code ?? 0) - (a.code ?? 0)).slice(0, limit);
        expect(rows.map(({ id }) => id)).toEqual(sorted.map(({ id }) => id));
      }),
      { numRuns: 50 },
    );
  });
});
