import wildcardMatch from 'wildcard-match';
import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import type { Waiver, WaiverFile } from '../audit/waivers.ts';

/** Everything that is wrong with a file of waivers, a line each: where, and what is expected there. */
export class WaiversError extends Error {
  override name = 'WaiversError';
  readonly problems: readonly string[];
  constructor(file: string, problems: readonly string[], options?: ErrorOptions) {
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    super(`${count} in ${file}:\n${problems.join('\n')}`, options);
    this.problems = problems;
  }
}

const words = z.string().regex(/\S/, 'is empty');
const id = words.regex(
  /^(?:(?:NET|SG|ASG|CAP|ACC|CP)-\d{2}|LOG-Q\d{2})$/,
  'expected the id of a check, such as NET-05 (what is said of waivers cannot be waived)',
);
const pattern = words.regex(/^\S*$/, 'expected a pattern without spaces');
const entry = z.strictObject({
  id,
  resource: pattern,
  cluster: pattern.optional(),
  reason: words,
  owner: words,
  expires: z.iso.date(),
});
const schema = z.strictObject({ waivers: z.array(entry) });

/**
 * The waivers in the text of a YAML file, which is `waivers:` and a list under it; `file` is how messages call it. Throws WaiversError with
 * every problem.
 */
export function readWaivers(text: string, file: string): WaiverFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new WaiversError(
      file,
      document.errors.map(({ linePos, message }) => `  ${file}:${linePos?.[0].line}: ${message.split('\n')[0]}`),
    );
  }
  const read = schema.safeParse(document.toJS() ?? {}, { error: plainly });
  if (!read.success) {
    throw new WaiversError(
      file,
      read.error.issues
        .flatMap(placesOf)
        .map(({ path, message }) => `  ${file}:${lineOf(path)}: ${pathText(path)}: ${message}`),
    );
  }
  return { file, waivers: read.data.waivers.map((each, at) => waiver(each, lineOf(['waivers', at]))) };

  /** Of the value, or of the nearest thing around it that is there. */
  function lineOf(path: readonly PropertyKey[]): number {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true) as { range?: [number] } | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  }
}

function waiver({ cluster, ...rest }: z.infer<typeof entry>, line: number): Waiver {
  return {
    ...rest,
    ...(cluster !== undefined && { cluster }),
    line,
    matches: wildcardMatch(rest.resource, { separator: false }),
    matchesCluster: cluster === undefined ? () => true : wildcardMatch(cluster, { separator: false }),
  };
}

/** For what has no message of its own. */
function plainly({ code, input, expected, format }: z.core.$ZodRawIssue): string | undefined {
  if (input === undefined) return 'is missing';
  if (format === 'date') return 'expected a date such as 2026-12-31';
  return code === 'invalid_type' ? (names[String(expected)] ?? 'expected text') : undefined;
}

const names: Readonly<Record<string, string>> = { object: 'expected keys and values', array: 'expected a list' };

function placesOf(issue: z.core.$ZodIssue): { path: readonly PropertyKey[]; message: string }[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'no waiver has this' }));
  return [{ path: issue.path, message: issue.message }];
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || 'the file';
}
