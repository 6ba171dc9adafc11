import { execFile } from 'node:child_process';
import { join } from 'node:path';

const enl = join(import.meta.dirname, '../../cli/enl.ts');

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** The command as a process of its own, with AWS at this address. */
export function runEnl(endpoint: string, ...args: readonly string[]): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env;
  const env = {
    ...{ PATH, HOME, NO_COLOR: '1', AWS_ENDPOINT_URL: endpoint, AWS_EC2_METADATA_DISABLED: 'true' },
    ...{ AWS_ACCESS_KEY_ID: 'moto', AWS_SECRET_ACCESS_KEY: 'moto', AWS_REGION: 'eu-west-1' },
  };
  const options = { env, timeout: 60_000, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(process.execPath, [enl, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
  });
}
