import { beforeAll, describe, expect, it, test } from 'vitest';
import { catalogue } from '../../shared/log-insights/catalogue.ts';
import type { Values } from '../../shared/log-insights/parameters.ts';
import { testKubeconfig } from '../control-plane/test-kubeconfig.ts';
import { slowMs } from './acts/call-webhooks.ts';
import { leaving, pods } from './acts/scenery.ts';
import { cast } from './cast.ts';
import { told } from './done.ts';
import { auditLog, comparable, find } from './find.ts';
import { type Logs, newLogs, recordedLogs } from './logs.ts';
import { narrowed } from './proofs/narrowed.ts';
import { otherProofs } from './proofs/other-logs.ts';
import { proofs } from './proofs/proofs.ts';

const sources: [string, () => Promise<Logs>][] = [['the recorded log', recordedLogs]];
if (testKubeconfig('TEST_KUBECONFIG')) sources.push(['a real control plane', newLogs]);

const audited = catalogue.filter(({ streams }) => streams.includes('audit'));
/** Each query as it is, and narrowed by each of its parameters. */
const some: Record<string, readonly string[]> = {
  namespace: ['shop', 'strict'],
  node: [leaving],
  pod: ['twice', 'shell'],
  user: [cast.ana.user, cast.nodeManager.user],
  role: ['cluster-admin'],
  by: ['client', 'request', 'minute'],
  minutes: [],
};
const cases = audited.flatMap((query) => {
  const required = query.parameters.filter((parameter) => parameter.required);
  const base: Values = Object.fromEntries(required.map(({ name }) => [name, some[name]?.[0] ?? '']));
  const narrower = query.parameters
    .filter((parameter) => !parameter.required)
    .flatMap(({ name }) => (some[name] ?? []).map((value): Values => ({ ...base, [name]: value })));
  return [base, ...narrower].map((values) => ({ id: query.id, name: query.name, values, query }));
});

test('each query of the catalogue has a proof, and each proof a query', () => {
  expect([...Object.keys(proofs), ...Object.keys(otherProofs)].sort()).toEqual(catalogue.map(({ id }) => id));
});

describe.each(sources)('%s', (_source, open) => {
  let logs: Logs;
  beforeAll(async () => {
    logs = await open();
  }, 300_000);

  it('tells of each request what its sender knows of it, and of nobody else but the components', () => {
    const known = new Map(logs.done.map((one) => [one.id, one]));
    const untold = logs.acts.filter(({ id }) => !known.has(id));
    expect(
      untold.filter(
        ({ uri }) => !/^\/(apis?|openapi|version|readyz|livez)(\/v1)?([/?].*)?$/.test(uri) && !/[?&]watch=/.test(uri),
      ),
    ).toEqual([]);
    for (const { facts: _facts, session: _session, ...act } of logs.acts.filter(({ id }) => known.has(id))) {
      const event = JSON.parse(known.get(act.id)?.line ?? '');
      const { facts: _own, session: _other, ...said } = told(event);
      const throttled = act.code === 429 && act.message === undefined;
      expect({
        ...said,
        message: throttled ? undefined : said.message,
        group: act.group,
        as: said.as && act.as,
      }).toEqual({ ...act, message: act.message ?? (act.code < 400 ? undefined : said.message) });
    }
    const others = new Set(logs.done.filter(({ ours }) => !ours).map(({ who }) => who));
    expect(
      [...others].filter(
        (who) =>
          !/^(system:(apiserver|kube-(controller-manager|scheduler)|serviceaccount:kube-system:[a-z-]+)|kwok|admin)$/.test(
            who,
          ),
      ),
    ).toEqual([]);
  });

  it.each(cases)('$id $name finds exactly what was done: $values', async ({ id, values, query }) => {
    const scope = narrowed(id, logs.done, values);
    const wanted = proofs[id]?.(scope, values) ?? [];
    const found = await find(query, values, auditLog(logs.audit));
    const limit = Number(/limit (\d+)$/.exec(query.template)?.[1]);
    if (Object.keys(values).length === 0 || values.node) expect(wanted).not.toEqual([]);
    if (wanted.length <= limit) return expect(comparable(found)).toEqual(comparable(wanted));
    // The largest of them; which of those that are equally large is left open.
    const sizes = wanted.map(({ n }) => Number(n)).sort((a, b) => b - a);
    expect(found.map(({ n }) => n)).toEqual(sizes.slice(0, limit));
    expect(comparable(wanted)).toEqual(expect.arrayContaining(comparable(found)));
  });

  it('knows what was slow, open and old by what was provoked, and where', async () => {
    const rowsOf = (id: string) =>
      find(catalogue.find((one) => one.id === id) as (typeof catalogue)[number], {}, auditLog(logs.audit));
    const slow = (await rowsOf('Q46')).find(({ requestURI }) => requestURI === `${pods}/slow-1/eviction`);
    expect(slow).toMatchObject({ verb: 'create', userAgent: 'ana-client/1.0', val: expect.stringMatching(/s$/) });
    expect(slow?.seconds).toBeGreaterThanOrEqual(slowMs / 1000);
    const opened = (await rowsOf('Q42')).map(({ webhook, phase, res }) => ({ webhook, phase, res }));
    expect(comparable(opened)).toEqual(
      comparable([
        { webhook: 'opened.contract.example.com', phase: 'validating', res: 'pods' },
        { webhook: 'inject.example.com', phase: 'mutation', res: 'configmaps' },
      ]),
    );
    const old = (await rowsOf('Q51')).filter(({ ua }) => ua === 'old-tool/0.1');
    expect(old.map(({ res, removed, n }) => ({ res, removed, n }))).toEqual(
      expect.arrayContaining([
        { res: 'componentstatuses', n: 2 },
        { res: 'servicecidrs', removed: '1.37', n: 1 },
      ]),
    );
  });

  it('binds to a node those pods that the cluster shows on it', async () => {
    const query = audited.find(({ id }) => id === 'Q08') as (typeof audited)[number];
    const found = await find(query, { node: leaving }, auditLog(logs.audit));
    expect(found.map(({ ns, pod }) => `${ns}/${pod}`).sort()).toEqual(
      (logs.podsOn[leaving] ?? []).map(({ ns, name }) => `${ns}/${name}`).sort(),
    );
  });

  it.each(Object.entries(otherProofs))('%s finds exactly what the other logs tell', async (id, proof) => {
    const query = catalogue.find((one) => one.id === id) as (typeof catalogue)[number];
    const { events, wanted } = proof(logs);
    expect(wanted).not.toEqual([]);
    const found = await find(query, {}, events);
    const columns = new Set(wanted.flatMap((row) => Object.keys(row)));
    const shown = found.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => columns.has(name))));
    expect(comparable(shown)).toEqual(comparable(wanted));
  });
});
