import { describe, expect, it } from 'vitest';
import { cutAfter } from '../../../shared/adapters/whole-last-second.ts';

const filter = 'filter toMillis(@timestamp) < 1001000 ';

describe('a text that is cut after its last second', () => {
  it.each([
    ['fields a', `${filter}| fields a`],
    ['| fields a', `${filter}| fields a`],
    ['# all\n\nfields a\n| sort a', `# all\n\n${filter}| fields a\n| sort a`],
    ['', `${filter}| `],
  ])('%j begins with its own filter', (text, cut) => {
    expect(cutAfter(text, 1_000).text).toBe(cut);
  });

  it('finds every place of the text again', () => {
    const text = '# all\nfields a | filter b';
    const cut = cutAfter(text, 1_000);
    const places = [...cut.text].map((letter, at) => [letter, cut.offsetOf(at)] as const);
    const found = places.filter(([, offset]) => offset !== undefined);
    expect(found.map(([letter]) => letter).join('')).toBe(text);
    expect(found.map(([, offset]) => offset)).toEqual([...text].map((_, at) => at));
  });

  it.each([
    [1, 'unexpected symbol found ! at line 2 and position 50', 'unexpected symbol found ! at line 2 and position 10'],
    [2, 'unexpected symbol found ! at line 3 and position 50', 'unexpected symbol found ! at line 3 and position 50'],
    [3, 'unexpected symbol found ! at line 2 and position 7', 'unexpected symbol found ! at line 2 and position 7'],
    [4, 'something is wrong', 'something is wrong'],
  ])('tells what CloudWatch says of it in its own places (%i)', (_, said, meant) => {
    expect(cutAfter('# all\nfields a\n| filter b', 1_000).reasonOf(said)).toBe(meant);
  });
});
