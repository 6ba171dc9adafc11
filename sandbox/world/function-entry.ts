import { enableCompileCache, flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Answer, Invocation } from './function-thread.ts';

// A scenario starts two threads and a test starts dozens: what one has compiled the others need not compile again.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/sandbox', import.meta.url)));

// The thread of one function: loads its handler as a Lambda runtime does, once, and invokes it.
const { handler } = await import((workerData as { handler: string }).handler);

flushCompileCache();

parentPort?.on('message', async ({ invocation, port }: { invocation: Invocation; port: MessagePort }) => {
  const answer = await invoke(invocation);
  // Whoever has the answer may end this thread, and what it wrote must not be lost with it.
  await Promise.all([written(process.stdout), written(process.stderr)]);
  port.postMessage(answer);
  port.close();
});

/** Until the other thread has read all of it. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((done) => void stream.write('', () => done()));
}

async function invoke({ event, requestId, functionName, functionArn, endsAt }: Invocation): Promise<Answer> {
  const context = {
    awsRequestId: requestId,
    functionName,
    invokedFunctionArn: functionArn,
    memoryLimitInMB: '512',
    getRemainingTimeInMillis: () => endsAt - Date.now(),
  };
  try {
    return { output: await handler(event, context) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { error: { name, message } };
  }
}
