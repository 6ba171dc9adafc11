import { cutText } from './cut-text.ts';
import { withholdSecrets } from './withhold-secrets.ts';

/** What the console of an instance says about why it did not become a node. */
export interface ConsoleHint {
  code: string;
  /** What the line means. */
  text: string;
  /** The line itself, cut, and without what looks like a secret. */
  line: string;
}

/**
 * The most telling first: a boot script that failed is often only what followed from another. The words are those of systemd, of nodeadm and
 * bootstrap.sh (https://github.com/awslabs/amazon-eks-ami), of cloud-init (https://docs.cloud-init.io/en/latest/) and of the kubelet.
 */
const known: readonly { code: string; pattern: RegExp; text: string }[] = [
  {
    code: 'boot-failed',
    pattern: /Kernel panic|(?:You are in|Entering) emergency mode|dracut.*(?:FATAL|Could not boot)/i,
    text: 'its operating system did not start',
  },
  {
    code: 'nodeadm-no-rights',
    pattern: /nodeadm.*(?:UnauthorizedOperation|AccessDenied|not authorized to perform)/i,
    text: 'nodeadm may not ask AWS what it needs: the node role lacks a right',
  },
  {
    code: 'nodeadm-failed',
    pattern: /"level":"(?:fatal|error)".*"msg":"Command failed"/i,
    text: 'nodeadm failed',
  },
  {
    code: 'nodeadm-not-started',
    pattern: /Failed to start .*EKS Nodeadm|nodeadm\S*\.service: Failed (?:to locate|at step)/i,
    text: 'nodeadm did not start or failed',
  },
  {
    code: 'bootstrap-removed',
    pattern: /bootstrap\.sh has been removed/i,
    text: 'its user data calls bootstrap.sh, which AL2023 does not have: it wants a NodeConfig',
  },
  {
    code: 'kubelet-unauthorized',
    pattern: /kubelet.*(?:Unauthorized|must be logged in to the server)/i,
    text: 'the API server does not know who its kubelet is',
  },
  {
    code: 'api-unreachable',
    pattern:
      /(?:kubelet|nodeadm|eks\.[a-z0-9.-]*amazonaws).*(?:i\/o timeout|connection refused|connection timed out|no such host|no route to host|deadline exceeded|TLS handshake timeout)/i,
    text: 'it does not reach the API server, or an API of AWS',
  },
  {
    code: 'image-unreachable',
    pattern: /(?:sandbox-image|pause).*(?:failed to pull|i\/o timeout|connection refused|no such host)/i,
    text: 'it does not reach the image registry',
  },
  { code: 'disk-full', pattern: /No space left on device/i, text: 'its disk is full' },
  {
    code: 'bootstrap-failed',
    pattern: /Exited with error on line \d/,
    text: 'bootstrap.sh failed',
  },
  {
    code: 'user-data-failed',
    pattern: /Failed running \S*\/scripts\/|Failed to run module scripts[-_]user|Failed to start .*cloud-fina/i,
    text: 'its user data failed',
  },
];

const mostCharacters = 240;
/** No line that is known says what it has to say later. */
const mostLooked = 2_000;

/** What a shell that traces its user data (`set -x`) echoes: commands, and all that they are given. */
const echoed = /(?:^|[\]:] )\++ /;

/** undefined: nothing that is known. */
export function hintIn(output: string): ConsoleHint | undefined {
  const lines = output
    .split(/[\r\n]/)
    .map((line) => plain(line.slice(0, mostLooked)))
    .filter((line) => !echoed.test(line));
  for (const { code, pattern, text } of known) {
    const line = lines.findLast((each) => pattern.test(each));
    if (line !== undefined) return { code, text, line: cutText(withholdSecrets(line), mostCharacters) };
  }
  return undefined;
}

/** Without the colours of a terminal and other characters that nobody sees. */
function plain(line: string): string {
  return line
    .replace(/\p{Cc}\[[0-9;?]*[A-Za-z]/gu, '')
    .replace(/\p{Cc}/gu, ' ')
    .trim();
}
