import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';

export interface FunctionOptions {
  /** Its folder in functions/. */
  folder: string;
  /** Where `npm run build` has put the functions; their sources are run without. */
  built?: string | undefined;
  arn: string;
  /** All of its environment: nothing of this process's own reaches it. */
  environment: Readonly<Record<string, string>>;
  /** The function's limit for one invocation. */
  timeoutSeconds: number;
  /** Each line that it writes. */
  onLine: (line: string) => void;
}

export interface SandboxFunction {
  /** Rejects with what the handler threw (its name and message, as Lambda tells them), or with the signal's reason. */
  invoke(event: unknown, signal: AbortSignal): Promise<unknown>;
  close(): Promise<void>;
}

/** What a thread is asked, and what it answers. */
export interface Invocation {
  event: unknown;
  requestId: string;
  functionName: string;
  functionArn: string;
  /** Epoch milliseconds. */
  endsAt: number;
}
export type Answer = { output: unknown } | { error: { name: string; message: string } };

/** A function as a deployment runs it: the real handler with an environment, a log and a limit of its own, in a thread. */
export function startFunction({
  folder,
  arn,
  environment,
  timeoutSeconds,
  onLine,
  built,
}: FunctionOptions): SandboxFunction {
  const source = new URL(`../../functions/${folder}/handler.ts`, import.meta.url);
  const handler = built === undefined ? source : pathToFileURL(join(built, folder, 'index.mjs'));
  const thread = new Worker(new URL('function-entry.ts', import.meta.url), {
    workerData: { handler: handler.href },
    env: { ...environment },
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  const logs = [thread.stdout, thread.stderr].map((input) => createInterface({ input }).on('line', onLine));
  const over = new AbortController();
  const died = once(thread, 'exit', { signal: over.signal }).then(
    ([code]) => ({ error: { name: 'Runtime.ExitError', message: `the function ${folder} ended with code ${code}` } }),
    (error: Error) => ({ error: { name: error.name, message: error.message } }),
  );

  return {
    async invoke(event, signal) {
      signal.throwIfAborted();
      const { port1, port2 } = new MessageChannel();
      const endsAt = Date.now() + timeoutSeconds * 1000;
      const names = { requestId: randomUUID(), functionName: folder, functionArn: arn };
      const invocation: Invocation = { event, ...names, endsAt };
      thread.postMessage({ invocation, port: port2 }, [port2]);
      const answered = once(port1, 'message', { signal }).then(([answer]) => answer as Answer);
      try {
        const answer = await Promise.race([answered, died]);
        if ('output' in answer) return answer.output;
        throw Object.assign(new Error(answer.error.message), { name: answer.error.name });
      } catch (error) {
        throw signal.aborted ? signal.reason : error;
      } finally {
        port1.close();
      }
    },
    async close() {
      over.abort();
      await thread.terminate();
      for (const log of logs) log.close();
    },
  };
}
