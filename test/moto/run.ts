import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { NoMotoError, planMoto, waysToGetIt } from './find-moto.ts';
import { installMoto } from './install-moto.ts';

const help = `npm run test:moto -- [--check] [option of vitest …]

Runs the command line against moto, a server that speaks the APIs of AWS and is not of this project. https://docs.getmoto.org/

  --check   says where it would come from and ends: 0 when it can be had, 2 when not

${waysToGetIt}
Ends with vitest's exit code, 2 when there is no moto.
`;

process.exitCode = main(process.argv.slice(2));

function main(given: string[]): number {
  if (given.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  try {
    if (given.includes('--check')) {
      const { server, python } = planMoto(process.env);
      say(python === undefined ? server : `${python} installs it into ${server}`);
      return 0;
    }
    return runTests(installMoto(process.env, say), given);
  } catch (error) {
    if (!(error instanceof NoMotoError)) throw error;
    say(error.message);
    process.stderr.write(`\n${waysToGetIt}`);
    return 2;
  }
}

function runTests(server: string, given: readonly string[]): number {
  const { status, error } = spawnSync('vitest', ['run', '--config', 'test/moto/vitest.config.ts', ...given], {
    cwd: dirname(dirname(import.meta.dirname)),
    stdio: 'inherit',
    env: { ...process.env, MOTO_SERVER: server },
  });
  if (error) throw error;
  return status ?? 1;
}

function say(text: string): void {
  process.stderr.write(`moto: ${text}\n`);
}
