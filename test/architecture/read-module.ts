import { parseAst } from 'vitest/node';

export interface ModuleFacts {
  /** Every specifier, those of `import type`, re-exports, `import()` and `import('…').T` included. */
  imports: string[];
  /** Uses of what a pure module must be given: time, timers, output, the environment, the network, chance. */
  impurities: string[];
}

interface Node {
  type: string;
  [key: string]: unknown;
}

const importing = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);
const impureGlobals = new Set(
  'process console setTimeout setInterval setImmediate queueMicrotask fetch performance crypto globalThis require'.split(
    ' ',
  ),
);
const impureMembers = new Set(['Date.now', 'Math.random', 'AbortSignal.timeout']);

/** Parses TypeScript, types included, and looks at what it imports and uses. */
export function readModule(source: string): ModuleFacts {
  const facts: ModuleFacts = { imports: [], impurities: [] };
  visit(parseAst(source, { lang: 'ts' }) as unknown as Node, facts);
  return facts;
}

function visit(node: Node, facts: ModuleFacts): void {
  if (importing.has(node.type) && isNode(node.source)) facts.imports.push(String(node.source.value));
  const impurity = impurityOf(node);
  if (impurity) facts.impurities.push(impurity);
  for (const [key, value] of Object.entries(node)) {
    const isName = (key === 'property' || key === 'key') && !node.computed;
    if (isName) continue;
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, facts);
  }
}

function impurityOf(node: Node): string | undefined {
  if (node.type === 'Identifier' && impureGlobals.has(String(node.name))) return String(node.name);
  if (node.type === 'MemberExpression' && isNode(node.object) && isNode(node.property)) {
    const member = `${node.object.name}.${node.property.name}`;
    return impureMembers.has(member) ? member : undefined;
  }
  const makesDate = isNode(node.callee) && node.callee.name === 'Date';
  if (makesDate && node.type === 'CallExpression') return 'Date()';
  if (makesDate && node.type === 'NewExpression' && (node.arguments as []).length === 0) return 'new Date()';
  return undefined;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
