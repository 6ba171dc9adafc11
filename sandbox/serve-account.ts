import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { realClock } from '../shared/adapters/real-clock.ts';
import { type AwsCall, createAwsSandbox } from './aws/aws-sandbox.ts';
import { type AwsServer, serveAws } from './aws/serve-aws.ts';
import type { Screen } from './terminal/screen.ts';
import { addDemoGroups } from './world/demo-groups.ts';

/**
 * An account whose groups are waiting for hooks, at an AWS endpoint on 127.0.0.1 until the signal aborts. What a client needs is in a file
 * for a shell to read; each call is a line on the screen.
 */
export async function serveAccount(screen: Screen, folder: string, signal: AbortSignal): Promise<void> {
  const aws = createAwsSandbox({ clock: realClock });
  addDemoGroups(aws);
  const server = await serveAws(aws, { onCall: (call) => screen.print(callLine(call)) });
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'account.env');
  try {
    writeFileSync(file, environmentOf(server, aws.region));
    screen.print(
      `An account with the Auto Scaling groups of cluster demo, a model, at ${server.url} until Ctrl-C.`,
      '',
      'In another terminal, here:',
      `  . ${file}`,
      '  npm run --silent enl -- hooks plan --cluster demo',
      '',
    );
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    rmSync(file, { force: true });
    await server.close();
  }
}

/** For a POSIX shell: exported, since a shell that reads it starts the client. */
function environmentOf({ url, credentials }: AwsServer, region: string): string {
  const values = {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken ?? '',
  };
  return Object.entries(values)
    .map(([name, value]) => `export ${name}='${value}'\n`)
    .join('');
}

function callLine({ operation, input }: AwsCall): string {
  const about = [input.AutoScalingGroupName, input.LifecycleHookName].filter((part) => part !== undefined);
  return `  ${[operation.padEnd(26), ...about].join(' ').trimEnd()}`;
}
