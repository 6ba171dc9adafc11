import { Option } from 'commander';

export type Format = 'table' | 'json' | 'yaml';

export const formatOption = (): Option =>
  new Option('-o, --output <format>', 'how to print it').choices(['table', 'json', 'yaml']).default('table');

/** The text of a command's data, with the newline at its end. Import of yaml: only when somebody wants it. */
export async function formatted(value: unknown, format: Format, table: () => string): Promise<string> {
  if (format === 'json') return `${JSON.stringify(value, null, 2)}\n`;
  if (format === 'yaml') {
    const { stringify } = await import('yaml');
    // What JSON leaves out, yaml would write as null.
    return stringify(JSON.parse(JSON.stringify(value)));
  }
  const text = table();
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
