import { findBinaries } from './binaries/find-binaries.ts';
import { NotToBeHadError } from './not-to-be-had.ts';
import { startGuard } from './processes/guard.ts';
import { InterruptedError, interrupts } from './processes/interrupts.ts';
import { say } from './say.ts';
import { type Extra, extras } from './server/components.ts';
import { binariesFor, startControlPlane } from './server/start-control-plane.ts';

const help = `npm run control-plane -- [controllers] [kwok] [--keep]

Starts a Kubernetes control plane on 127.0.0.1, prints KUBECONFIG=FILE when it is ready, and stays until Ctrl-C.

  controllers   with kube-controller-manager and kube-scheduler
  kwok          with simulated kubelets, for Nodes with the annotation kwok.x-k8s.io/node: fake
  --keep        leaves the folder with its logs
`;

/** `npm run control-plane`. Ends with 0 after Ctrl-C or SIGTERM, 1 when a component ends by itself, 2 when it cannot be had. */
async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help')) return print(help);
  const unknown = words.find((word) => word !== '--keep' && !isExtra(word));
  if (unknown) {
    say(`what is '${unknown}'?\n${help}`);
    return 2;
  }
  const wanted = words.filter(isExtra);
  const [guard, signal] = [startGuard(), interrupts()];
  try {
    const tools = { env: process.env, guard, signal, say };
    const binaries = await findBinaries([...binariesFor(wanted), 'kubectl'], tools);
    const server = await startControlPlane(wanted, binaries, { guard, signal, keep: words.includes('--keep') });
    print(`KUBECONFIG=${server.kubeconfig}\n`);
    say(`logs and drainer.kubeconfig are in ${server.folder}; kubectl is ${binaries.paths.kubectl}; Ctrl-C ends it`);
    const interrupted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    await Promise.race([interrupted, server.failed]).finally(server.close);
    return 0;
  } catch (error) {
    if (!(error instanceof InterruptedError)) say((error as Error).message);
    return error instanceof InterruptedError ? error.exitCode : error instanceof NotToBeHadError ? 2 : 1;
  }
}

function isExtra(word: string): word is Extra {
  return (extras as readonly string[]).includes(word);
}

function print(text: string): 0 {
  process.stdout.write(text);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
