import { CommandError } from '../../command-error.ts';
import type { LookOptions } from '../look-at-network.ts';
import type { AuditFormat } from '../render-report.ts';

export interface FixOptions extends LookOptions {
  output: AuditFormat;
  fix?: true;
  /** A record's file. */
  undo?: string;
  dryRun?: true;
  yes?: true;
  /** Where the record goes. */
  record?: string;
  waivers?: string;
  outputFile?: string;
}

const ways = 'Pass --yes to do it, or --dry-run to look first.';

/** Throws a CommandError when the options do not go together, or when a question would have to be asked and nobody could answer. */
export function checkFixOptions(options: FixOptions, { interactive }: { interactive: boolean }): void {
  const { fix, undo, dryRun, yes, output, snapshot, saveSnapshot, cluster, record } = options;
  const refuse = (message: string, next?: string): never => {
    throw new CommandError(message, next);
  };
  if (fix && undo !== undefined) refuse('--fix and --undo do not go together', 'Do one after the other.');
  if (!fix && undo === undefined) {
    const [alone] = [dryRun && '--dry-run', yes && '--yes', record !== undefined && '--record'].filter(Boolean);
    refuse(`${alone} is of no use without --fix or --undo`);
  }
  if (options.waivers !== undefined || options.outputFile !== undefined)
    refuse('--waivers and --output-file are for reports, and a fix makes none', 'Leave them out.');
  if (output !== 'table' && output !== 'json') refuse(`a fix is not printed as ${output}`, 'Take table or json.');
  if (fix && cluster)
    refuse(
      '--fix looks at every cluster of a VPC: what helps one may harm another',
      'Pass --vpc instead of --cluster.',
    );
  if (undo !== undefined && (cluster ?? options.vpc ?? snapshot ?? saveSnapshot ?? record) !== undefined)
    refuse('--undo goes by its record alone', 'Leave out --cluster, --vpc, --snapshot, --save-snapshot and --record.');
  if (snapshot !== undefined && !dryRun)
    refuse(
      'a fix from a file is only ever a dry run: what it shows may be gone',
      'Pass --dry-run, or leave --snapshot out.',
    );
  if (yes || dryRun) return;
  if (output === 'json') refuse('JSON leaves no room for a question', ways);
  if (!interactive) refuse('nobody can be asked: this is no terminal', ways);
}
