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
  port.postMessage(await invoke(invocation));
  port.close();
});

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
