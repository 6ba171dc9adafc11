import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';

const entry = fileURLToPath(new URL('../../cli/enl.ts', import.meta.url));

/** With nothing that could lead out of this machine. */
function enl(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' };
  return new Promise((resolve) => {
    execFile(process.execPath, [entry, ...args], { env, timeout: 45_000 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

describe('enl --sandbox', { concurrent: true, timeout: 60_000 }, () => {
  it('lists the nodes with the group that Auto Scaling says they are in', async ({ expect }) => {
    const { code, out, err } = await enl('nodes', '--sandbox', '-o', 'json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { nodes } = JSON.parse(out);
    expect(nodes.map(({ group }: { group: string }) => group)).toEqual(['demo', 'demo', 'demo', 'demo']);
  });

  it('plans the group, which has what blocks it, and a node without', async ({ expect }) => {
    const [group, node] = await Promise.all([
      enl('drain', 'plan', '--sandbox', '--asg', 'demo', '-o', 'json'),
      enl('drain', 'plan', '--sandbox', 'ip-10-0-1-11.ec2.internal'),
    ]);
    expect({ code: group.code, err: group.err }).toEqual({ code: 1, err: '' });
    expect(JSON.parse(group.out)).toMatchObject({ verdict: 'blocked', nodes: [{}, {}, {}, {}] });
    expect(node).toMatchObject({ code: 0, err: '', out: expect.stringContaining('can be drained') });
  });

  it('shows what a roll would do, with data on stdout and the plan for a person on stderr', async ({ expect }) => {
    const { code, out, err } = await enl('roll', '--sandbox', '--asg', 'demo', '--dry-run', '-o', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'planned', plan: { old: [{}, {}, {}, {}], surge: 1 } });
    expect(err).toContain('Desired capacity goes from 4 to 5 meanwhile; 1 at once.');
  });
});
