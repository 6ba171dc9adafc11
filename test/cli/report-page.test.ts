import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { exampleDrain } from '../shared/report-page/example-drain.ts';

const entry = fileURLToPath(new URL('../../cli/enl.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'enl-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [entry, 'report', ...args], { timeout: 20_000 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

function write(name: string, value: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(value));
  return file;
}

describe('enl report --html', { concurrent: true }, () => {
  it('writes the page of a report, and says where on stderr', async () => {
    const page = join(folder, 'one.html');
    const said = await report(write('one.json', exampleDrain()), '--html', page);
    expect(said).toEqual({ code: 0, out: '', err: `enl: the page is in ${page}\n` });
    expect(readFileSync(page, 'utf8')).toContain('<h1>Drain of ip-10-0-1-10.ec2.internal</h1>');
  });

  it('writes one page of several reports, to standard output too', async () => {
    const files = [write('a.json', exampleDrain({ node: 'a' })), write('b.json', exampleDrain({ node: 'b' }))];
    const { code, out } = await report(...files, '--html', '-');
    expect(code).toBe(0);
    expect(out).toContain('<h1>Drains of a roll</h1>');
    expect(out).toMatch(/<a href="#drain-0">a<\/a>.*<a href="#drain-1">b<\/a>/s);
  });

  it('writes nothing of what is no whole report, or where nothing can be written', async () => {
    const page = join(folder, 'two.html');
    const { heartbeats: _, ...cut } = exampleDrain();
    const broken = await report(write('cut.json', cut), '--html', page);
    expect(broken).toMatchObject({ code: 3, err: expect.stringContaining('is not the report of a drain: heartbeats') });
    expect(existsSync(page)).toBe(false);
    const nowhere = await report(write('two.json', exampleDrain()), '--html', join(folder, 'no', 'two.html'));
    expect(nowhere).toMatchObject({ code: 3, err: expect.stringMatching(/^enl: writing .*two\.html: ENOENT/) });
  });
});
