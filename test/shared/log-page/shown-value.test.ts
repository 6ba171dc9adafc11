import { expect, test } from 'vitest';
import { shownValue, withoutUnseen } from '../../../shared/log-page/shown-value.ts';

test.each([
  ['what CloudWatch writes as an instant', '2026-03-01 08:00:01.250', true, '2026-03-01T08:00:01.250Z'],
  ['milliseconds since the epoch', '1772352061000', true, '2026-03-01T08:01:01.000Z'],
  ['the same digits where they are no instant', '1772352061000', false, '1772352061000'],
  ['a text in a column of instants', 'never', true, 'never'],
  ['nothing', undefined, true, ''],
  [
    'a text with what a terminal would act on',
    'a\u001b[2Jb\u009b2Jc\r\n',
    false,
    String.raw`a\u001b[2Jb\u009b2Jc\u000d\u000a`,
  ],
  ['a text that turns around', 'txt\u202egpj.exe', false, String.raw`txt\u202egpj.exe`],
  ['a text with nothing between', 'ad\u200bmin\ufeff', false, String.raw`ad\u200bmin\ufeff`],
  ['a text with a soft hyphen and a tag', 'ad\u00admin\u{e0041}', false, String.raw`ad\u00admin\ue0041`],
  ['half of a character', 'a\ud800', false, 'a\ufffd'],
  ['other letters', 'żółć 日本 🚀', false, 'żółć 日本 🚀'],
])('%s is shown as a person can read it', (_title, value, isInstant, shown) => {
  expect(shownValue(value, isInstant)).toBe(shown);
});

test('a text without anything to hide is shown as it is', () => {
  expect(withoutUnseen('kubectl/v1.36 (linux/amd64)')).toBe('kubectl/v1.36 (linux/amd64)');
});
