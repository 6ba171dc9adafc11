import { LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import { contradictions, type Problem } from './contradictions.ts';
import { type Settings, settingsSchema } from './schema.ts';

/** Everything that is wrong with a settings file, a line each: where, and what is expected there. */
export class SettingsError extends Error {
  override name = 'SettingsError';
  readonly problems: readonly string[];
  constructor(file: string, problems: readonly string[], options?: ErrorOptions) {
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    super(`${count} in ${file}:\n${problems.join('\n')}`, options);
    this.problems = problems;
  }
}

/** The settings in the text of a YAML file; `file` is how messages call it. Throws SettingsError with every problem. */
export function readSettings(text: string, file: string): Settings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new SettingsError(
      file,
      document.errors.map(({ linePos, message }) => `  ${file}:${linePos?.[0].line}: ${message.split('\n')[0]}`),
    );
  }
  const values: unknown = document.toJS() ?? {};
  const read = settingsSchema.safeParse(values, { error: plainly });
  const problems = [...(read.error?.issues.flatMap(problemsOf) ?? []), ...contradictions(values)];
  if (!read.success || problems.length > 0) throw new SettingsError(file, problems.map(told));
  return read.data;

  function told({ path, message }: Problem): string {
    return `  ${file}:${lineOf(path)}: ${pathText(path)}: ${message}`;
  }

  /** Of the value, or of the nearest thing around it that is there. */
  function lineOf(path: readonly PropertyKey[]): number {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true) as { range?: [number] } | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  }
}

/** For what has no message of its own. */
function plainly({ code, input, expected }: { code: string; input?: unknown; expected?: unknown }): string | undefined {
  if (code !== 'invalid_type') return undefined;
  if (input === undefined) return 'is missing';
  return `expected ${names[String(expected)] ?? `a ${expected}`}`;
}

const names: Readonly<Record<string, string>> = { object: 'keys and values', array: 'a list' };

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'no setting has this name' }));
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || 'the file';
}
