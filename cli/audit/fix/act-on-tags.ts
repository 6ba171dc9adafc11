import { realClock } from '../../../shared/adapters/real-clock.ts';
import { confirm } from '../../confirm.ts';
import type { CliPorts } from '../../program.ts';
import { type Running, tell } from '../../run-command.ts';
import type { FixPorts } from './fix-ports.ts';
import { checkFixOptions, type FixOptions } from './fix-request.ts';

/** `enl audit subnets --fix` and `--undo`: the exit code. Throws what `runCommand` explains. */
export async function actOnTags(options: FixOptions, { out }: CliPorts, running: Running): Promise<number> {
  checkFixOptions(options, { interactive: process.stdin.isTTY === true && process.stderr.isTTY === true });
  const { signal } = running;
  const { region, profile } = options;
  // Only a sandbox has an STS of its own.
  const stsEndpoint = process.env.AWS_ENDPOINT_URL_STS ?? process.env.AWS_ENDPOINT_URL;
  const ports: FixPorts = {
    ...{ out, signal, confirm },
    say: (first = '', ...more) => tell(first, ...more),
    openTags: async () => {
      const { openSubnetTags } = await import('../../../shared/adapters/open-subnet-tags.ts');
      return openSubnetTags({
        ...(region && { region }),
        ...(profile && { profile }),
        ...(stsEndpoint && { stsEndpoint }),
      });
    },
    now: () => new Date(realClock.now()).toISOString(),
    onBegun: (file) => {
      running.onInterrupt = {
        first: `stopping; ${file} says what was done`,
        second: () => `left at once; ${file} says what was done, and what may have been`,
      };
    },
  };
  if (options.undo !== undefined) return (await import('./undo-fix.ts')).undoFix(options.undo, options, ports);
  const { lookAtNetwork } = await import('../look-at-network.ts');
  return (await import('./fix-subnets.ts')).fixSubnets(await lookAtNetwork(options, signal), options, ports);
}
