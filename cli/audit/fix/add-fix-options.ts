import type { Command } from 'commander';
import type { FixOptions } from './fix-request.ts';

const about = `
Fix: --fix looks for the fewest additions and removals of tags that end findings
of the clusters' load balancers, and audits every change against all clusters of
the VPC before it is proposed: one that makes any result worse, or that loses a
load balancer a zone, is not. It asks, writes a record, reads each subnet again
right before it writes to it, and stops when a tag has changed. --undo takes back
what a record says was done, where the tag still is what was written.

IAM actions, beyond those of the audit: ec2:CreateTags, ec2:DeleteTags.

Examples:
  npm run --silent enl -- audit subnets --fix --dry-run
  npm run --silent enl -- audit subnets --fix --record fix.json
  npm run --silent enl -- audit subnets --undo fix.json`;

/** Of `enl audit subnets`. */
export function addFixOptions(command: Command): Command {
  return command
    .option('--fix', "repair the subnets' tags where that harms no cluster")
    .option('--undo <record>', 'take back what --fix did')
    .option('--record <file>', 'where --fix writes down what it does; default enl-fix-….json')
    .option('--dry-run', 'show the changes of --fix or --undo, and make none')
    .option('-y, --yes', 'make them without asking')
    .addHelpText('after', about);
}

/** Whether tags are to be changed, and not only looked at. */
export function isAboutTags({ fix, undo, dryRun, yes, record }: Partial<FixOptions>): boolean {
  return [fix, undo, dryRun, yes, record].some((each) => each !== undefined);
}
