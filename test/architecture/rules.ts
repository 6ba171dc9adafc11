import { posix } from 'node:path';
import { readModule } from './read-module.ts';

interface Layer {
  /** What is in it: a prefix of the path, or a pattern. The first layer that matches a file is the file's. */
  files: string | RegExp;
  /** Prefixes of the project's own files that it may import. */
  mayImport: string[];
  /** Packages and node: modules that it may import; undefined: all of them. */
  packages?: RegExp;
  pure?: boolean;
}

const core = ['shared/lifecycle/', 'shared/plan/', 'shared/audit/', 'shared/log-insights/'];
/** The interfaces between what decides and what acts. */
const ports = ['shared/ports.ts', 'shared/cluster-port.ts', 'shared/inventory-port.ts'];
/** What a launch has in common with a drain. */
const common = [
  'beat-while',
  'follow',
  'in-time',
  'session',
  'tell-auto-scaling',
  'wake',
  'with-fields',
  'write-event',
].map((file) => `shared/drain/${file}.ts`);
/** What a deployment may set, and what it is to be called in clusters and groups. */
const policies = ['policy', 'notice-policy', 'launch', 'own-hooks', 'aws-auth-row'].map(
  (file) => `shared/lifecycle/${file}.ts`,
);
/** What is a number and what comes first, in a query and in what is put together of its parts. */
const orderOfValues = ['shared/log-insights-ql/natural-order.ts', 'shared/log-insights-ql/value.ts'];
/** What may be asked on a schedule. */
const queries = ['shared/log-audit/scheduled-queries.ts', 'shared/log-insights/catalogue.ts'];
/** What the functions write and infra shows. */
const catalogue = 'shared/metrics-catalogue.ts';
const severities = 'shared/audit/finding.ts';
const none = /^$/;
/** Everything but the SDKs: those are for adapters and for where things are put together. */
const noSdk = /^(?!@aws-sdk\/|@smithy\/|@kubernetes\/)/;

export const layers: Layer[] = [
  // What may enter a query.
  { files: 'shared/log-insights/parameters.ts', mayImport: core, packages: /^zod$/, pure: true },
  ...core.map((files) => ({ files, mayImport: core, packages: none, pure: true })),
  { files: 'shared/cluster-port.ts', mayImport: core, packages: none, pure: true },
  { files: 'shared/inventory-port.ts', mayImport: ['shared/cluster-port.ts', ...core], packages: none, pure: true },
  { files: catalogue, mayImport: core, packages: none, pure: true },
  { files: 'shared/ports.ts', mayImport: ['shared/cluster-port.ts', catalogue, ...core], packages: none, pure: true },
  {
    files: 'shared/drain/',
    mayImport: ['shared/drain/', 'shared/lifecycle/', ...ports],
    packages: none,
    pure: true,
  },
  {
    files: 'shared/launch/',
    mayImport: ['shared/launch/', 'shared/lifecycle/', ...common, ...ports],
    packages: none,
    pure: true,
  },
  {
    files: 'shared/manual/',
    mayImport: ['shared/manual/', 'shared/drain/', 'shared/plan/', 'shared/lifecycle/', ...ports],
    packages: none,
    pure: true,
  },
  {
    files: 'shared/roll/',
    mayImport: ['shared/roll/', 'shared/manual/', 'shared/plan/', 'shared/lifecycle/', ...ports],
    packages: none,
    pure: true,
  },
  // Logs Insights QL without CloudWatch.
  {
    files: 'shared/log-insights-ql/',
    mayImport: ['shared/log-insights-ql/'],
    packages: /^(peggy|node:net)$/,
    pure: true,
  },
  // Queries of the control plane's log: over CloudWatch, over files, beside a drain's report, and on a schedule.
  {
    files: 'shared/log-query/',
    mayImport: ['shared/log-query/', 'shared/log-insights/', ...orderOfValues, ...ports],
    packages: none,
    pure: true,
  },
  {
    files: 'shared/log-files/',
    mayImport: ['shared/log-files/', 'shared/log-query/', 'shared/log-insights/', 'shared/log-insights-ql/'],
    packages: noSdk,
  },
  {
    files: 'shared/evidence/',
    mayImport: ['shared/evidence/', 'shared/log-query/', 'shared/log-insights/', 'shared/lifecycle/'],
    packages: none,
    pure: true,
  },
  {
    files: 'shared/log-audit/',
    mayImport: ['shared/log-audit/', 'shared/log-query/', 'shared/log-insights/', 'shared/audit/', ...ports],
    packages: none,
    pure: true,
  },
  {
    files: 'shared/log-page/',
    mayImport: ['shared/log-page/', 'shared/page/', 'shared/evidence/', 'shared/log-query/', 'shared/log-insights/'],
    packages: noSdk,
  },
  // What an audit reads and writes with the help of packages: waivers, schema, formats.
  { files: 'shared/audit-files/', mayImport: ['shared/audit-files/', 'shared/audit/'], packages: noSdk },
  // What becomes of an audit's report once it is there.
  {
    files: 'shared/audit-run/',
    mayImport: [
      'shared/audit-run/',
      'shared/audit/',
      'shared/audit-files/',
      'shared/audit-page/',
      ...['audit-topic', 's3-audit-history', 'security-hub'].map((file) => `shared/adapters/${file}.ts`),
      ...ports,
    ],
    packages: none,
    pure: true,
  },
  {
    files: 'shared/audit-page/',
    mayImport: ['shared/audit-page/', 'shared/page/', 'shared/audit/'],
    packages: noSdk,
  },
  {
    files: 'shared/report-page/',
    mayImport: ['shared/report-page/', 'shared/page/', 'shared/lifecycle/'],
    packages: noSdk,
  },
  // What a drain's page and an audit's have in common.
  { files: 'shared/page/', mayImport: ['shared/page/'], packages: /^(hono|node:crypto$)/ },
  // What `enl hooks` and the audit of clusters look at alike.
  { files: 'shared/hooks/', mayImport: ['shared/hooks/', 'shared/lifecycle/'], packages: none, pure: true },
  { files: 'shared/settings/', mayImport: ['shared/settings/', 'shared/lifecycle/'], packages: /^(zod|node:util$)/ },
  {
    files: 'shared/adapters/',
    mayImport: [
      'shared/adapters/',
      'shared/launch/launch-ports.ts',
      'shared/roll/roll-ports.ts',
      'shared/log-query/',
      catalogue,
      ...ports,
      ...core,
    ],
  },
  // The composition root of a function, which alone makes clients; and the rest of its folder.
  { files: /^functions\/(?<own>[^/]+)\/handler\.ts$/, mayImport: ['functions/<own>/', 'shared/'] },
  {
    files: /^functions\/(?<own>[^/]+)\//,
    mayImport: ['functions/<own>/', 'functions/tick-input.ts', 'shared/'],
    packages: noSdk,
  },
  // What the ticks of drains and launches are handed alike.
  { files: 'functions/tick-input.ts', mayImport: ['shared/lifecycle/'], packages: /^zod/ },
  // The only part of the command line that brings a cluster of its own.
  { files: 'cli/in-sandbox/', mayImport: ['cli/', 'shared/', 'sandbox/'] },
  { files: 'cli/', mayImport: ['cli/', 'shared/'] },
  {
    files: 'infra/',
    mayImport: ['infra/', 'shared/settings/', catalogue, severities, ...policies, ...queries],
    packages: noSdk,
  },
  { files: 'sandbox/', mayImport: ['sandbox/', 'shared/', 'functions/', 'infra/'] },
  { files: 'test/', mayImport: [''] },
  { files: /^[^/]+\.ts$/, mayImport: [] },
];

/** What a file does that its layer may not do, in words. */
export function violationsOf(path: string, source: string): string[] {
  const layer = layers.find(({ files }) => (typeof files === 'string' ? path.startsWith(files) : files.test(path)));
  if (!layer) return [`${path} belongs to no layer`];
  const { imports, impurities } = readModule(source);
  const own = typeof layer.files === 'string' ? '' : (layer.files.exec(path)?.groups?.own ?? '');
  const allowed = layer.mayImport.map((prefix) => prefix.replace('<own>', own));
  const forbidden = imports.filter((specifier) => {
    if (!specifier.startsWith('.')) return layer.packages && !layer.packages.test(specifier);
    const target = posix.join(posix.dirname(path), specifier);
    return !allowed.some((prefix) => target.startsWith(prefix));
  });
  return [
    ...forbidden.map((specifier) => `${path} imports ${specifier}`),
    ...(layer.pure ? impurities.map((impurity) => `${path} uses ${impurity}`) : []),
  ];
}
