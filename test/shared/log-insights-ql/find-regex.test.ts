import { expect, it } from 'vitest';
import { finder, fixedStart } from '../../../shared/log-insights-ql/find-regex.ts';

it.each([
  [String.raw`"apiserver\.latency\.k8s\.io\/total":"([^"]+)"`, '"apiserver.latency.k8s.io/total":"'],
  ['failed calling webhooks?', 'failed calling webhook'],
  ['failed calling|refused', ''],
  ['failed (?:calling|refused)', 'failed '],
  ['failed [)]|refused (', ''],
  [String.raw`failed\d`, 'failed'],
  ['^failed', ''],
  ['faile{2}', 'fail'],
])('every match of /%s/ begins with %j', (source, start) => {
  expect(fixedStart(source)).toBe(start);
});

it.each(['"stage":"(\\w+)"', '"stage":"b+"', 'stageless', 'stage":"(a|b+)', '"+stage":"b'])(
  'finds with /%s/ what the expression itself finds',
  (source) => {
    const texts = ['', '"stage":""', 'x"stage":"!","stage":"bb"', '""stage":"b"', 'stage":"a', 'stageles stageless'];
    const regex = new RegExp(source, 'u');
    for (const text of texts) {
      const [found, expected] = [finder(regex)(text), regex.exec(text)];
      expect([found?.index, ...(found ?? [])]).toEqual([expected?.index, ...(expected ?? [])]);
    }
  },
);
