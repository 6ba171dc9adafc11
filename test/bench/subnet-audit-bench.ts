import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../../infra/bundle.ts';
import { fiftyVpcs } from './big-network.ts';
import type { Bench } from './result.ts';
import type { SubnetAuditFigures } from './subnet-audit-run.ts';

/** What an audit of the subnets of a large account costs: calls of AWS, time and memory. */
export const bench: Bench = async () => {
  const { stdout } = await ofItsOwnProcess();
  const { calls, allowed, evaluationSeconds, megabytes, results } = JSON.parse(stdout) as SubnetAuditFigures;
  if (results < 1000) throw new Error(`only ${results} results: that is no audit`);
  const { vpcs, clusters } = fiftyVpcs;
  const about = `${vpcs} VPCs, 1,000 subnets, 300 route tables, ${clusters} clusters`;
  return [
    { name: 'audit: calls of AWS', value: calls, limit: allowed, unit: 'calls', detail: 'pages, and two for each VPC' },
    {
      name: 'audit: evaluation',
      value: evaluationSeconds,
      limit: 2,
      unit: 's CPU',
      detail: `${about}: ${results} results`,
    },
    {
      name: 'audit: memory',
      value: megabytes,
      limit: 256,
      unit: 'MB',
      detail: "peak resident memory, Node's own included",
    },
  ];
};

/** Bundled as a function is: all of EC2's commands would take another 90 MB. */
async function ofItsOwnProcess() {
  const folder = mkdtempSync(join(tmpdir(), 'enl-audit-bench-'));
  try {
    const { file } = bundle('test/bench/subnet-audit-run.ts', folder);
    return await promisify(execFile)(process.execPath, [file], { timeout: 120_000 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
