import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { renderTable } from '../../../shared/audit-files/terminal-table.ts';
import { resultFor } from '../audit/builders.ts';
import { exampleReport } from '../audit/example-report.ts';

const plain = (width = 120, report = exampleReport()) => renderTable(report, { colours: false, width });

test('what needs somebody stands by severity, then what is unknown and what is waived; what is well is only counted', () => {
  const lines = plain().split('\n');
  expect(lines.filter((line) => / \(\d+\)$/.test(line))).toEqual([
    ...['CRITICAL (1)', 'HIGH (1)', 'MEDIUM (1)', 'UNKNOWN (1)', 'WAIVED (1)'],
  ]);
  expect(lines[2]).toBe('FAIL    NET-15  demo     subnet/subnet-2  no controller finds it');
  expect(plain()).toContain('no controller finds it; waived by net-team until 2026-12-31: until the move');
  expect(lines.at(-2)).toBe(
    'subnet-audit 123456789012 eu-west-1: 2 FAIL, 1 WARN, 1 UNKNOWN, 1 PASS, 1 not applicable, 1 waived',
  );
});

test('commands stand whole on lines of their own, each once, and not those of what is waived', () => {
  const command = `aws ec2 create-tags --resources ${'subnet-0123456789abcdef0 '.repeat(8)}`.trim();
  const remediation = { command };
  const results = [resultFor({ remediation }), resultFor({ resource: 'b', remediation })];
  const lines = plain(60, exampleReport({ results })).split('\n');
  expect(lines.filter((line) => line.includes('create-tags'))).toEqual([`  ${command}`]);
});

test.each([40, 80, 120])('rows fit %i columns, as far as the columns that are not wrapped leave room', (width) => {
  const text = 'a reason that is much longer than any line of a terminal ought to be, and has to be wrapped '.repeat(3);
  const report = exampleReport({ results: [resultFor({ text })], denied: [] });
  const rows = plain(width, report).split('\n\n')[0]?.split('\n').slice(1) ?? [];
  expect(rows.length).toBeGreaterThan(3);
  expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(Math.max(width, 66));
});

test('colours change nothing but the colours', () => {
  const coloured = renderTable(exampleReport(), { colours: true, width: 100 });
  expect(coloured).not.toBe(plain(100));
  expect(stripVTControlCharacters(coloured)).toBe(plain(100));
});

test('a command that a terminal would not show as it is, is left out', () => {
  const report = exampleReport({ results: [resultFor({ remediation: { command: "aws x 'a\u001b[2Jb'" } })] });
  expect(plain(100, report)).toContain('# left out');
  expect(plain(100, report)).not.toContain('\u001b');
});
