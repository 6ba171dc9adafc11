import type { QueryView } from '../../../shared/log-page/query-view.ts';

/** A result with an instant of either kind, a number, and a value that not every row has. */
export function exampleView(changes: Partial<QueryView> = {}): QueryView {
  return {
    query: {
      id: 'Q06',
      name: 'eviction-refused',
      title: 'Evictions refused by a disruption budget',
      text: 'filter stage = "ResponseComplete"\n| limit 10',
      parameters: { namespace: 'shop' },
      answers: 'Which pods could not be evicted.',
      reading: 'The pod with the most refusals; `need` equal to all its replicas never lets one go.',
    },
    source: '/aws/eks/demo/cluster',
    range: { startSeconds: 1_772_352_000, endSeconds: 1_772_355_600 },
    outcome: {
      columns: ['@timestamp', 'pod', 'refused', 'last', 'cause'],
      rows: [
        {
          '@timestamp': '2026-03-01 08:00:01.250',
          pod: 'web-1',
          refused: '9',
          last: '1772352061000',
          cause: 'The disruption budget web needs 2 healthy pods and has 2 currently',
        },
        { '@timestamp': '2026-03-01 08:00:02.000', pod: 'db-0', refused: '12', last: '1772352062000' },
      ],
      statistics: { bytesScanned: 2048, recordsScanned: 900, recordsMatched: 21 },
    },
    instants: new Set(['@timestamp', 'last']),
    ...changes,
  };
}
