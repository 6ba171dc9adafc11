import type { CheckInfo, Judged as Judgement } from '../finding.ts';
import type { ClusterContext } from './context.ts';

/** What a check says of one thing: its ARN is the resource, and a PASS is never said of what could not be looked at or is not there. */
export interface Judged extends Judgement {
  /** Of an UNKNOWN: the reads that it would take, for example `ec2:DescribeRouteTables`. */
  missing?: readonly string[];
}

/** One rule. `judge` is a pure function of what was seen; an empty answer means that there was nothing to judge. */
export interface NetworkCheck extends CheckInfo {
  judge(context: ClusterContext): Judged[];
}
