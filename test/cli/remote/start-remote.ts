import { createAwsSandbox } from '../../../sandbox/aws/aws-sandbox.ts';
import type { SandboxFunctions } from '../../../sandbox/aws/lambda-service.ts';
import { serveAws } from '../../../sandbox/aws/serve-aws.ts';
import { realClock } from '../../../shared/adapters/real-clock.ts';
import { createManualWorld } from '../../functions/drain/manual-world.ts';
import { startCli } from '../drain/start-cli.ts';

export const functionName = 'NodeLifecycle-Manual';
/** By which the world goes on from one invocation to the next. */
const passMilliseconds = 60_000;

type Finally = (close: () => Promise<void>) => void;

/** An account whose function drains a sandbox's cluster as it is deployed, and `enl` as a process that is given its credentials alone. */
export async function startRemote(atTheEnd: Finally, ...world: Parameters<typeof createManualWorld>) {
  const cloud = await createManualWorld(...world);
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const next = last.then(act, act);
    last = next;
    return next;
  };
  const functions: SandboxFunctions = {
    [functionName]: (event) =>
      inTurn(async () => {
        const answer = await cloud.ask(event);
        await cloud.clock.advance(passMilliseconds);
        return answer;
      }),
    failing: async () => Promise.reject(new TypeError('the settings are not whole')),
    other: async () => ({ hello: 'world' }),
  };
  const { account, enl, env } = await startAccount(atTheEnd, functions);
  account.stacks.set('NodeLifecycle', { ManualFunctionName: functionName });
  return {
    cloud,
    account,
    env,
    enl,
    asked: () => account.calls.flatMap(({ input }) => (input.Payload ? [input.Payload] : [])),
  };
}

export async function startAccount(atTheEnd: Finally, functions: SandboxFunctions) {
  const account = createAwsSandbox({ clock: realClock });
  const server = await serveAws(account, { functions });
  atTheEnd(server.close);
  const cli = await startCli();
  atTheEnd(cli.close);
  const { accessKeyId, secretAccessKey, sessionToken } = server.credentials;
  const env = {
    ...{ AWS_ENDPOINT_URL: server.url, AWS_REGION: account.region },
    ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken },
  };
  return { account, env, enl: (...args: string[]) => cli.enl(args, env) };
}
