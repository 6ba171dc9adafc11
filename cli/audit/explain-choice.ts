import { NothingToAuditError } from '../../shared/adapters/network-snapshot-choice.ts';
import { nearNames } from '../../shared/manual/near-names.ts';
import { CommandError } from '../command-error.ts';
import { someOf } from '../output/words.ts';

/** What there is instead of what was asked for; other errors as they are. */
export function explainChoice(error: unknown): unknown {
  if (!(error instanceof NothingToAuditError)) return error;
  return new CommandError(error.message, instead(error.asked, error.known), { cause: error });
}

/** For a person who named something that is not there. */
export function instead(asked: readonly string[], known: readonly string[] | undefined): string {
  if (!known) return 'See the name, --region and --profile.';
  if (known.length === 0) return 'See --region and --profile.';
  const near = [...new Set(asked.flatMap((name) => nearNames(name, known)))];
  return near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There are ${someOf(known, 8)}; see --region, too.`;
}
