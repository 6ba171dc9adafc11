import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mutationPage } from './page.ts';
import { compare, inOneLine, type Mutant, type Reasons, type Survivor, survivorOf } from './survivors.ts';

const root = new URL('../..', import.meta.url).pathname;
const source = `const most = 3;
export function pick(names: string[]): string | undefined {
  try {
    return names.at(most);
  } catch {
    return undefined;
  }
}
`;
const at = (
  startLine: number,
  startColumn: number,
  endLine: number,
  endColumn: number,
  replacement: string,
): Mutant => ({
  id: '1',
  fileName: 'pick.ts',
  replacement,
  status: 'Survived',
  location: { start: { line: startLine, column: startColumn }, end: { line: endLine, column: endColumn } },
});
const emptied = at(5, 11, 7, 4, '{}');
const survivor: Survivor = { file: 'pick.ts', where: 'pick', was: '} catch { return undefined; }', is: '} catch {}' };
const reason = { was: survivor.was, is: survivor.is, why: 'It ends the same way' };

describe('a survivor', () => {
  it('is told by its function and by the lines that it touches', () => {
    expect(survivorOf(emptied, source)).toEqual(survivor);
  });

  it('may be a constant', () => {
    const changed = { where: 'most', was: 'const most = 3;', is: 'const most = 4;' };
    expect(survivorOf(at(1, 14, 1, 15, '4'), source)).toMatchObject(changed);
  });
});

describe('survivors and reasons are compared', () => {
  it.each<[string, Survivor[], Reasons, { unexplained: Survivor[]; idle: string[] }]>([
    ['each has the other', [survivor], { 'pick.ts': [reason] }, { unexplained: [], idle: [] }],
    ['no reason', [survivor], {}, { unexplained: [survivor], idle: [] }],
    [
      'a reason in another file',
      [],
      { 'a.ts': [reason] },
      { unexplained: [], idle: [expect.stringMatching(/^a\.ts\n/)] },
    ],
    [
      'a reason for another change of the line',
      [survivor],
      { 'pick.ts': [{ ...reason, is: '} catch { return 1; }' }] },
      { unexplained: [survivor], idle: [`pick.ts\n- ${survivor.was}\n+ } catch { return 1; }`] },
    ],
  ])('%s', (_case, survivors, reasons, result) => {
    expect(compare(survivors, reasons)).toEqual(result);
  });

  it('although nobody has run the mutants lately, by the code that the reasons quote', () => {
    const reasons = JSON.parse(readFileSync(new URL('reasons.json', import.meta.url), 'utf8')) as Reasons;
    const gone = Object.entries(reasons).flatMap(([file, all]) => {
      const code = inOneLine(readFileSync(`${root}/${file}`, 'utf8'));
      return all.filter(({ was }) => !code.includes(was)).map(({ was }) => `${file}: ${was}`);
    });
    expect(gone).toEqual([]);
  });
});

describe('the page', () => {
  const killed: Mutant = { ...emptied, status: 'Killed' };

  it('counts, and gives each survivor its reason', () => {
    const page = mutationPage([emptied, killed, { ...killed, status: 'Timeout' }], [survivor], { 'pick.ts': [reason] });
    expect(page).toContain('| [pick.ts](../pick.ts) | 3 | 1 | 66.7 % |\n| **all** | 3 | 1 | 66.7 % |');
    expect(page).toContain('[pick.ts](../pick.ts), `pick`: It ends the same way.\n\n```diff\n- } catch { return');
  });

  it('is about every file of the core that has code', () => {
    const page = readFileSync(`${root}/docs/mutation.md`, 'utf8');
    const files = globSync('shared/lifecycle/*.ts', { cwd: root }).filter((file) =>
      /^(export )?(const|function) /m.test(readFileSync(`${root}/${file}`, 'utf8')),
    );
    expect(files.filter((file) => !page.includes(`](../${file})`))).toEqual([]);
  });
});
