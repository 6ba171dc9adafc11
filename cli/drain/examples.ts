const exits = (plan: boolean) =>
  plan
    ? '\nExit code: 0 drainable, 1 blocked, 2 cannot tell, 3 usage or access, 130 interrupted.'
    : '\nExit code: 0 drained, 1 failed, blocked or too late, 3 usage or access, 130 interrupted.';

export const planExamples = `${exits(true)}

Examples:
  enl drain plan ip-10-0-1-11.ec2.internal
  enl drain plan --cluster prod --asg workers --max-unavailable 25%
  enl drain plan -l topology.kubernetes.io/zone=eu-west-1a -o json
  enl drain plan --remote --cluster prod --asg workers
  enl drain plan --sandbox`;

export const startExamples = `${exits(false)}
With --cluster alone the stack in AWS drains, by its function: 0 is then that it has begun, or with --watch that
all is drained. --local drains in this process.
Ctrl-C stops the drains of this process and takes back our marks, and a second one leaves at once; what the
stack drains goes on.

Examples:
  enl drain start --local --watch ip-10-0-1-11.ec2.internal
  enl drain start --local --delete-emptydir-data --timeout 10m NODE
  enl drain start --local --dry-run=server --asg workers
  enl drain start --cluster prod --asg workers --max-unavailable 25% --watch
  enl drain start --cluster prod --asg workers --terminate --decrement
  enl drain start --sandbox --watch`;

export const statusExamples = `
Exit code: 0 told, 3 usage or access, 130 interrupted.

Examples:
  enl drain status
  enl drain status --watch ip-10-0-1-11.ec2.internal
  enl drain status --cluster prod --asg workers -o json
  enl drain status --remote --cluster prod --request 1f0c9a3e --watch`;

export const stopExamples = `
Exit code: 0 stopped, or there was nothing to stop; 1 refused for some, 3 usage or access.

Examples:
  enl drain stop ip-10-0-1-11.ec2.internal
  enl drain stop --all --context kind-dev
  enl drain stop --remote --cluster prod --request 1f0c9a3e`;
