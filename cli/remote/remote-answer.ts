import type { BlockedPod } from '../../shared/manual/check-targets.ts';
import type { DrainStatus } from '../../shared/manual/drain-status.ts';
import type { DryRunLine } from '../../shared/manual/dry-run.ts';
import type { StopAnswer } from '../../shared/manual/stop-drain.ts';
import type { DrainPlan } from '../../shared/plan/drain-plan.ts';
import type { ExecutionStatus } from '../../shared/ports.ts';

export type RemoteAction = 'plan' | 'start' | 'status' | 'stop';

interface Execution {
  arn: string;
  status: ExecutionStatus;
}

/** What we read of the function's answers; docs/manual-drain.schema.json has all of them. */
export interface RemoteAnswers {
  plan: { plan: DrainPlan };
  start: {
    requestId: string;
    cluster: string;
    waves?: string[][];
    maxUnavailable?: number;
    execution?: Execution;
    dryRun?: 'client' | 'server';
    lines?: DryRunLine[];
  };
  status: { nodes: DrainStatus[]; notShown: number; requests: { requestId: string; execution: Execution }[] };
  stop: { nodes: { node: string; result: StopAnswer['result']; text: string }[] };
}

/** That it cannot be done. */
export interface RemoteRefusal {
  error: { code: string; message: string; next: string };
  blocked?: BlockedPod[];
}
