import { DeniedError } from '../shared/adapters/paced-calls.ts';

/** What went wrong with a call, and what to do about it. */
export interface Trouble {
  text: string;
  next?: string;
  /** It is about who calls and from where, and would be the same for every other call. */
  access: boolean;
}

const again = 'Run it again: what is done is done, and what is left follows.';
const signIn = 'Sign in again (aws sso login, aws login), or pass --profile.';

/** By the name of what was thrown or what it says; the first that fits counts. */
const known: readonly { fits: RegExp; next: string; access: boolean }[] = [
  { fits: /Region is missing/, next: 'Pass --region, or set AWS_REGION.', access: true },
  { fits: /^(CredentialsProviderError|Token(ProviderError|RefreshRequired))\b/, next: signIn, access: true },
  { fits: /^(ExpiredToken(Exception)?|RequestExpired)\b/, next: signIn, access: true },
  { fits: /^(InvalidClientTokenId|UnrecognizedClientException|AuthFailure)\b/, next: signIn, access: true },
  {
    fits: /^SignatureDoesNotMatch\b/,
    next: 'The secret key is not that of the access key, or the clock of this machine is wrong.',
    access: true,
  },
  {
    fits: /^(Throttling|RequestLimitExceeded|ResourceContention|ServiceUnavailable|Internal)/,
    next: again,
    access: false,
  },
  {
    fits: /test message|notification target/i,
    next: 'Auto Scaling cannot publish to the topic as that role: take TopicArn and HookRoleArn from one stack, in the region of the group.',
    access: false,
  },
  {
    fits: /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|TimeoutError)\b/,
    next: 'Nothing answers there: see the network, --region, and AWS_ENDPOINT_URL if it is set.',
    access: true,
  },
];

/** Of an error that says what was being done and has what the client threw as its cause. */
export function explainAwsError(error: unknown): Trouble {
  if (!(error instanceof Error)) return { text: String(error), access: false };
  const { cause } = error;
  if (cause instanceof DeniedError) {
    const on = cause.right === 'iam:PassRole' ? ' on the role of the hooks' : '';
    const next = `Whoever runs this needs the IAM action ${cause.right}${on}.`;
    return { text: `${doing(error)}: ${cause.message}`, next, access: true };
  }
  const said = wordsOf(cause ?? error);
  const { next, access = false } = known.find(({ fits }) => fits.test(said)) ?? {};
  const text = cause === undefined ? said : `${doing(error)}: ${said}`;
  return { text, access, ...(next && { next }) };
}

/** The gerund and its object alone. */
function doing({ message, cause }: Error): string {
  const at = cause instanceof Error ? message.indexOf(`: ${cause.name}: `) : -1;
  return at < 0 ? message : message.slice(0, at);
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A connect that is refused on two address families has no message of its own.
  const inner = error instanceof AggregateError && error.message === '' ? error.errors.map(wordsOf).join(', ') : '';
  const name = error.name === 'Error' ? '' : `${error.name}: `;
  return `${name}${error.message || inner}`;
}
