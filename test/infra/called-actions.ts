import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { bundling } from '../../infra/bundling.ts';

/** How IAM calls the service of a client. */
const services: Readonly<Record<string, string>> = {
  'auto-scaling': 'autoscaling',
  'cloudwatch-logs': 'logs',
  ec2: 'ec2',
  eks: 'eks',
  'elastic-load-balancing': 'elasticloadbalancing',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  eventbridge: 'events',
  iam: 'iam',
  s3: 's3',
  securityhub: 'securityhub',
  sfn: 'states',
  sns: 'sns',
};

const root = resolve(import.meta.dirname, '../..');
const imported = /import\s*\{([^}]*)\}\s*from\s*'@aws-sdk\/client-([a-z0-9-]+)'/g;

/**
 * The actions of IAM that a function's code can ask for: one for each command of a client that is imported by a module of ours which the
 * function's bundle really contains. Throws for a client whose service is not known here, and for other ways to call one.
 */
export async function calledActions(folder: string): Promise<string[]> {
  const entryPoints = [`functions/${folder}/handler.ts`];
  const { metafile } = await build({ ...bundling, absWorkingDir: root, entryPoints, outdir: 'none', write: false });
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const ours = [...new Set(used)].filter((file) => /^(functions|shared)\//.test(file));
  return [...new Set(ours.flatMap(actionsIn))].sort();
}

function actionsIn(file: string): string[] {
  const code = readFileSync(resolve(root, file), 'utf8');
  const other = /['"]@aws-sdk\/(?!client-)[a-z0-9-]+['"]/.exec(code)?.[0];
  return [...code.matchAll(imported)].flatMap(([, names = '', client = '']) => {
    const service = services[client];
    if (service === undefined) throw new Error(`${file}: how does IAM call the service of client-${client}?`);
    const values = names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '));
    const unclear = values.filter((name) => !/(Command|Client)$/.test(name) && /^(?!paginate[A-Z])[a-z]/.test(name));
    if (unclear.length > 0 || other) throw new Error(`${file}: what do ${[...unclear, other].join(', ')} call?`);
    return values
      .filter((name) => /Command$|^paginate/.test(name))
      .map((name) => `${service}:${name.replace(/Command$|^paginate/, '')}`);
  });
}
