import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { askedOnce, clientDefaults } from '../../shared/adapters/client-defaults.ts';
import { createGroupRoll } from '../../shared/adapters/group-roll.ts';
import { realClock } from '../../shared/adapters/real-clock.ts';
import { createRollNodes } from '../../shared/adapters/roll-nodes.ts';
import { openConnection } from '../connect/open-connection.ts';
import { openLive } from '../output/live.ts';
import type { CliPorts } from '../program.ts';
import type { Running } from '../run-command.ts';
import { drainsOf } from './drain-node.ts';
import { type RollCommandOptions, rollRequestOf } from './roll-request-of.ts';
import { runRoll } from './run-roll.ts';

/** `enl roll`: the exit codes of `runRoll`. */
export async function actOnRoll(options: RollCommandOptions, { out }: CliPorts, running: Running): Promise<number> {
  const connection = await openConnection(options, running.signal, { forRoll: true });
  const live = openLive(process.stderr);
  running.onInterrupt = {
    first: 'stopping: what was begun is taken back (Ctrl-C again leaves at once)',
    second: () =>
      `left at once: go on with the same command, or take back what is left: enl roll --asg ${options.asg} --undo`,
  };
  try {
    const scaling = new AutoScalingClient({ ...clientDefaults, ...connection.aws });
    const once = new AutoScalingClient({ ...askedOnce, ...connection.aws });
    const ec2 = new EC2Client({ ...clientDefaults, ...connection.aws });
    return await runRoll(rollRequestOf(options), {
      group: createGroupRoll({ scaling, once, ec2 }),
      nodes: createRollNodes(connection.transport),
      drainNode: drainsOf(connection, options, live),
      clock: realClock,
      newId: () => crypto.randomUUID().slice(0, 8),
      out,
      note: (line) => live.keep(line),
      stop: running.signal,
      // The second Ctrl-C ends the process.
      signal: new AbortController().signal,
    });
  } finally {
    live.close();
    await connection.close();
  }
}
