import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';

const confirm = new URL('../../cli/confirm.ts', import.meta.url).href;
const code = `import { confirm } from '${confirm}'; console.log(await confirm('Go?', new AbortController().signal));`;

function answering(input: string): Promise<{ out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const args = ['--input-type=module', '--eval', code];
    const child = execFile(process.execPath, args, { timeout: 20_000 }, (error, out, err) => {
      if (error) reject(error);
      else resolve({ out: out.trim(), err });
    });
    child.stdin?.end(input);
  });
}

it('takes y and yes for yes, everything else and the end of the input for no, and asks on stderr', async () => {
  const inputs = ['y\n', 'Yes \n', '\n', 'yep\n', ''];
  const answers = await Promise.all(inputs.map(answering));
  expect(answers.map(({ out }) => out)).toEqual(['true', 'true', 'false', 'false', 'false']);
  for (const { err } of answers) expect(err).toContain('Go? [y/N] ');
}, 30_000);
