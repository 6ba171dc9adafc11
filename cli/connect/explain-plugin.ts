import type { User } from '@kubernetes/client-node';
import { CommandError } from '../command-error.ts';

interface Plugin {
  command: string;
  args?: readonly string[];
  env?: readonly { name: string; value: string }[];
  installHint?: string;
}

/** By what the plugin said; the first that fits counts. */
const known: readonly { fits: RegExp; next: (plugin: Plugin) => string }[] = [
  {
    fits: /config profile \(.*\) could not be found/i,
    next: ({ env }) => {
      const named = env?.find(({ name }) => name === 'AWS_PROFILE')?.value;
      return `There is no such profile: aws configure list-profiles${named ? `; the kubeconfig asks for ${named}` : ''}.`;
    },
  },
  {
    fits: /sso|expired|refresh|session|ExpiredToken|InvalidGrant|re-?authenticate/i,
    next: ({ env }) => {
      const profile = env?.find(({ name }) => name === 'AWS_PROFILE')?.value;
      return `Sign in again: aws sso login${profile ? ` --profile ${profile}` : ''}`;
    },
  },
  {
    fits: /unable to locate credentials|no credentials|not authorized|AccessDenied|InvalidClientTokenId/i,
    next: () => 'Sign in to AWS (aws sso login, aws configure), or set AWS_PROFILE.',
  },
];

/** What a kubeconfig's credential plugin failed with. https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
export function explainPlugin(error: unknown, user: User): CommandError {
  const plugin = user.exec as Plugin;
  const { command, args = [], installHint } = plugin;
  const line = [command, ...args].join(' ');
  const what = `the kubeconfig's user ${user.name} gets a token from \`${line}\``;
  const said = wordsOf(error);
  const tryIt = `See for yourself: ${line}`;
  if (/^spawn .*(ENOENT|EACCES)/.test(said)) {
    const hint = installHint?.split('\n')[0] ?? `Install ${command}, or name the cluster with --cluster NAME.`;
    return new CommandError(`${what}, and ${command} is not there`, hint, { cause: error });
  }
  if (error instanceof SyntaxError || error instanceof TypeError)
    return new CommandError(`${what}, which printed no credential`, tryIt, { cause: error });
  const next = known.find(({ fits }) => fits.test(said))?.next(plugin) ?? tryIt;
  return new CommandError(`${what}, which failed: ${said || 'it said nothing'}`, next, { cause: error });
}

/** The last line of a traceback says what it is about. */
function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return (lines[0]?.startsWith('Traceback') ? lines.at(-1) : lines[0]) ?? '';
}
