import { kinds, type Parameter } from '../../shared/log-insights/parameters.ts';
import type { CatalogueQuery } from '../../shared/log-insights/query.ts';

const chapters = [
  ['Nodes and drains', 0],
  ['Access and security', 20],
  ['Health of the control plane', 40],
] as const;

const introduction = `# Queries

Questions to the logs of a control plane, in the query language of CloudWatch Logs Insights. They can be pasted into the console, for the log
group \`/aws/eks/<cluster>/cluster\` (that of a CloudTrail trail where it says so): put values where \`{{…}}\` stands, and leave out the lines whose
value you do not have.

- **Log**: which of the logs must be switched on for the cluster.
- **Finding**: which rows are one when the query runs on a schedule, and how bad it is.
- **Split**: what happens when there are more than the 100,000 rows that CloudWatch gives for one query. *Yes*: the range of time is read in
  parts, which are put together again. *No*: it is not, because the parts of its numbers cannot be put together, or because only the first rows
  are wanted, as a lower limit says.

How sure is that? Each text runs over real logs of a real control plane, by the evaluator that \`enl query run --file\` uses, and was compared line by
line with [what AWS documents](https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html); whoever wrote them had no CloudWatch
to run them on. What they rely on and no page says: \`coalesce\` takes a text or a computed value as well as a field, and \`in\` the value of a function;
regular expressions have groups without a name beside those with one; a field that an event has not is in no list and like no pattern. Two things are read in either form, since none is documented: a true of JSON (\`1\` or
\`true\`), and the instants of \`min\`, \`max\`, \`earliest\` and \`latest\` (a date, or milliseconds). \`count_distinct\` of very many values is an estimate.

This page is written from [shared/log-insights](../shared/log-insights), and a test holds it to that:
\`npx vitest run test/docs/queries.test.ts --update\`.
`;

/** The page of a catalogue. */
export function queriesPage(catalogue: readonly CatalogueQuery[]): string {
  const chapterOf = ({ id }: CatalogueQuery) => chapters.findLast(([, from]) => Number(id.slice(1)) >= from)?.[0];
  const parts = chapters.flatMap(([title]) => {
    const own = catalogue.filter((query) => chapterOf(query) === title);
    return [`## ${title}\n\n${table(own)}\n`, ...own.map(section)];
  });
  return [introduction, ...parts].join('\n');
}

function table(queries: readonly CatalogueQuery[]): string {
  const rows = queries.map(
    ({ id, name, title }) => `| [${id}](#${id.toLowerCase()}-${name}) | \`${name}\` | ${title} |`,
  );
  return ['| | name | |', '|---|---|---|', ...rows].join('\n');
}

function section({ id, name, ...query }: CatalogueQuery): string {
  const facts = [
    `- Log: ${query.streams.join(', ')}`,
    ...query.parameters.map(parameterLine),
    ...(query.severity ? [`- Finding: ${query.severity.when}`] : []),
    `- Split: ${query.mergeable ? 'yes' : 'no'}`,
  ];
  return `### ${id} ${name}

**${query.title}.** ${query.answers}

${facts.join('\n')}

\`\`\`text
${query.template}
\`\`\`

${query.reading}
`;
}

function parameterLine({ name, kind, description, required, choices, ...parameter }: Parameter): string {
  const need = required ? 'required' : parameter.default ? `default ${parameter.default}` : 'optional';
  const allows = choices
    ? Object.entries(choices)
        .map(([choice, text]) => `${choice} (\`${text}\`)`)
        .join(', ')
    : kinds[kind].allows;
  return `- \`${name}\` (${need}): ${description} It is ${allows}.`;
}
