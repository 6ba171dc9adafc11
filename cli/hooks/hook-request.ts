import type { HookKind } from '../../shared/lifecycle/hook-step.ts';

/** What was asked for, with what was left out. */
export interface HookRequest {
  command: 'plan' | 'install' | 'remove';
  clusterName: string;
  /** Only these; empty: all whose tags name the cluster. */
  groupNames: readonly string[];
  /** Only groups that are tagged as managed. */
  requireTag: boolean;
  kinds: readonly HookKind[];
  topicArn: string | undefined;
  roleArn: string | undefined;
  heartbeatSeconds: number;
  output: 'text' | 'json';
  /** Without being asked. */
  yes: boolean;
  dryRun: boolean;
  /** Delete by name, whatever a hook notifies. */
  force: boolean;
  /** Exit with 2 when there is something to do. */
  tellChanges: boolean;
}

/** The command line is wrong; nothing was asked of AWS. */
export class UsageError extends Error {
  override name = 'UsageError';
  readonly next: string;
  constructor(message: string, next: string) {
    super(message);
    this.next = next;
  }
}

/** Throws a UsageError when a question would have to be asked and nobody could answer. */
export function checkRequest(request: HookRequest, { interactive }: { interactive: boolean }): void {
  const { command, yes, dryRun, output } = request;
  if (command === 'plan' || yes || dryRun) return;
  if (output === 'json') {
    throw new UsageError(`JSON leaves no room for a question`, 'Pass --yes to do it, or --dry-run to look first.');
  }
  if (!interactive) {
    throw new UsageError(
      'nobody can be asked: this is no terminal',
      'Pass --yes to do it, or --dry-run to look first.',
    );
  }
}
