import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { runOverFiles } from '../../shared/log-files/run-over-files.ts';
import { catalogue } from '../../shared/log-insights/catalogue.ts';
import type { CatalogueQuery } from '../../shared/log-insights/query.ts';
import { auditLines } from './audit-log.ts';
import { median } from './result.ts';

/** Of a query, as multiples of parsing each line of the file. */
export type Ratios = { query: string; ratio: number; most: number }[];

const signal = new AbortController().signal;

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const { user, system } = process.cpuUsage();
  await run();
  const since = process.cpuUsage({ user, system });
  return (since.user + since.system) / 1e6;
}

async function parseAll(file: string): Promise<void> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) JSON.parse(line);
}

const audited = catalogue.filter(({ streams }) => streams.includes('audit'));
/** With what it cannot be without, and nothing that narrows it. */
const askedOf = ({ text, parameters, streams }: CatalogueQuery) => {
  const required = parameters.filter((parameter) => parameter.required);
  return { text: text(Object.fromEntries(required.map(({ name }) => [name, 'web-1']))), streams };
};

/** CPU time of every query of the catalogue on audit logs: the median of pairs, in which the two take turns to be first. */
async function ratios(file: string, pairs: number, ids: readonly string[]): Promise<Ratios> {
  const measured: Ratios = [];
  await parseAll(file);
  for (const query of audited.filter(({ id }) => ids.length === 0 || ids.includes(id))) {
    const parsing = () => secondsOf(() => parseAll(file));
    const asking = () => secondsOf(() => runOverFiles(askedOf(query), [file], {}, signal));
    const found: number[] = [];
    for (let pair = 0; pair < pairs; pair++) {
      const before = pair % 2 === 0 ? await parsing() : undefined;
      const asked = await asking();
      found.push(asked / (before ?? (await parsing())));
    }
    measured.push({ query: query.id, ratio: median(found), most: Math.max(...found) });
  }
  return measured;
}

/** Peak resident memory of one query over so many events, through standard input: a file of them would be two gigabytes. */
async function megabytes(events: number, id: string): Promise<number> {
  const query = audited.find((each) => each.id === id);
  if (!query) throw new Error(`there is no query ${id} of audit logs`);
  const stdin = { bytes: Readable.from(auditLines(events), { objectMode: true }), nowMs: 0 };
  const { statistics } = await runOverFiles(askedOf(query), ['-'], { stdin }, signal);
  if (statistics.recordsScanned !== events)
    throw new Error(`${statistics.recordsScanned} of ${events} events were read`);
  return process.resourceUsage().maxRSS / 1024;
}

const [mode, first = '', second = '', ...ids] = process.argv.slice(2);
if (mode === 'ratios') console.log(JSON.stringify(await ratios(first, Number(second), ids)));
if (mode === 'memory') console.log(JSON.stringify(await megabytes(Number(first), second)));
