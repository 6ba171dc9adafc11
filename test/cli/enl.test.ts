import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { DrainReport } from '../../shared/lifecycle/report.ts';

const entry = fileURLToPath(new URL('../../cli/enl.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'enl-cli-'));

function enl(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [entry, ...args], { timeout: 20_000 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

const example: DrainReport = {
  version: 1,
  execution: 'i-1-t',
  action: {
    version: 1,
    kind: 'terminate',
    account: '1',
    region: 'r',
    instanceId: 'i-1',
    groupName: 'g',
    hookName: 'h',
    token: 't',
  },
  cluster: 'demo',
  node: 'node-1',
  startedAt: '2026-03-01T08:00:00.000Z',
  deadlineAt: undefined,
  endedAt: '2026-03-01T08:00:31.500Z',
  end: { reason: 'drained', completion: 'CONTINUE', text: 'every evictable pod is gone', alarm: false },
  heartbeats: [],
  timeline: [{ at: '2026-03-01T08:00:06.000Z', what: 'evicted', text: 'its eviction was accepted', pod: 'shop/web-1' }],
  pods: [
    {
      namespace: 'shop',
      name: 'web-1',
      uid: 'u',
      verdict: 'evict',
      code: 'evictable',
      reason: 'it is evicted',
      evictionsTried: 2,
      evictedAt: '2026-03-01T08:00:06.000Z',
      causes: [{ code: 'budget', text: 'the budget web needs 1', firstAt: '', lastAt: '', times: 1 }],
    },
  ],
};

describe('enl', { concurrent: true }, () => {
  it('shows a report as a person reads it', async () => {
    const file = join(folder, 'report.json');
    writeFileSync(file, JSON.stringify(example));
    const { code, out } = await enl('report', file);
    expect(code).toBe(0);
    expect(out).toContain('Outcome    drained: every evictable pod is gone');
    expect(out).toContain('evicted  shop/web-1: evictable, it is evicted; held by: the budget web needs 1');
    expect(out).toContain('     6.0  evicted        shop/web-1: its eviction was accepted');
    const json = await enl('report', file, '--output', 'json');
    expect(JSON.parse(json.out)).toMatchObject({ node: 'node-1' });
  });

  it.each([
    ['a file that is not there', () => 'nowhere.json', /^enl: reading nowhere\.json: ENOENT/],
    ['a file that is not JSON', () => write('text.json', 'hello'), /^enl: reading .*text\.json: .*JSON/],
    [
      'a file that is no report',
      () => write('other.json', '{"version":2}'),
      /is not the report of a drain: version: .*; startedAt: /,
    ],
  ])('says in one line what is wrong with %s, exit code 3', async (_title, path, message) => {
    const { code, out, err } = await enl('report', path());
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err.split('\n')[0]).toMatch(message);
    expect(err).not.toContain('    at ');
  });

  it('prints what a cluster must grant', async () => {
    expect((await enl('rbac')).out).toContain('\nkind: ClusterRole\n');
    expect(await enl('rbac', '--aws-auth')).toMatchObject({ code: 3, out: '' });
  });

  it('ends with 3 for a command that there is not, 0 for help and version', async () => {
    expect(await enl('drian')).toMatchObject({ code: 3, err: expect.stringContaining('Run `enl --help`') });
    expect((await enl('--help')).out).toContain('report');
    expect((await enl('--version')).out.trim()).toBe('0.1.0');
    expect(await enl('report', '--output', 'xml', 'f')).toMatchObject({ code: 3 });
  });
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}
