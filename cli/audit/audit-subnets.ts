import { realClock } from '../../shared/adapters/real-clock.ts';
import { exitCode } from '../../shared/audit/exit-code.ts';
import type { Severity } from '../../shared/audit/finding.ts';
import { networkReport } from '../../shared/audit/network-report.ts';
import type { WaiverFile } from '../../shared/audit/waivers.ts';
import { readWaivers, WaiversError } from '../../shared/audit-files/read-waivers.ts';
import { hashing } from '../../shared/audit-files/sha256.ts';
import { CommandError } from '../command-error.ts';
import { terminalWidth } from '../output/terminal-width.ts';
import type { CliPorts } from '../program.ts';
import type { Running } from '../run-command.ts';
import { type LookOptions, lookAtNetwork } from './look-at-network.ts';
import { readOr, writeOr } from './named-files.ts';
import { type AuditFormat, renderReport } from './render-report.ts';

export interface AuditOptions extends LookOptions {
  waivers?: string;
  failOn: Severity;
  strict?: true;
  output: AuditFormat;
  outputFile?: string;
}

/** `enl audit subnets`: the exit code. It only reads. */
export async function auditSubnets(options: AuditOptions, { out }: CliPorts, { signal }: Running): Promise<number> {
  const { failOn, strict = false, output, outputFile } = options;
  const waivers = options.waivers === undefined ? undefined : waiversIn(options.waivers);
  const startedAt = new Date(realClock.now()).toISOString();
  const snapshot = await lookAtNetwork(options, signal);
  const report = networkReport(snapshot, { startedAt, waivers }, hashing);
  const onTerminal = outputFile === undefined && process.stdout.isTTY === true;
  const look = { colours: onTerminal && process.stdout.hasColors(), width: widthOf(outputFile) };
  const text = await renderReport(report, output, look);
  if (outputFile === undefined) out(text);
  else writeOr(outputFile, text);
  return exitCode(report, { failOn, strict });
}

function widthOf(outputFile: string | undefined): number {
  return outputFile === undefined ? terminalWidth(process.stdout) : Number.POSITIVE_INFINITY;
}

function waiversIn(file: string): WaiverFile {
  try {
    return readWaivers(readOr(file), file);
  } catch (error) {
    if (!(error instanceof WaiversError)) throw error;
    throw new CommandError(error.message, undefined, { cause: error });
  }
}
