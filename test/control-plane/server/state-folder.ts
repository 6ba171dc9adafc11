import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The name of the cluster and of its context: test-kubeconfig.ts lets it pass. */
export const clusterName = 'eks-node-lifecycle-test';

/** Each with its group. The components have names of their own so that the audit log tells them from a test. */
const users = {
  admin: 'system:masters',
  drainer: 'eks-node-lifecycle',
  controllers: 'system:masters',
  kwok: 'system:masters',
} as const;
export type User = keyof typeof users;

export interface StateFolder {
  path: string;
  tokens: Record<User, string>;
}

/** A new folder, for us only, with what the API server reads at its start: the tokens of its users and the key of service accounts. */
export function createStateFolder(): StateFolder {
  const path = mkdtempSync(join(tmpdir(), 'control-plane-'));
  const token = () => randomBytes(16).toString('hex');
  const tokens = { admin: token(), drainer: token(), controllers: token(), kwok: token() };
  const rows = (Object.keys(users) as User[]).map((user) => `${tokens[user]},${user},${user},"${users[user]}"\n`);
  write(join(path, 'tokens.csv'), rows.join(''));
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  write(join(path, 'service-account.key'), privateKey.export({ type: 'sec1', format: 'pem' }));
  return { path, tokens };
}

/** Writes `<user>.kubeconfig`, which holds all that it needs, and returns its path. */
export function writeKubeconfig({ path, tokens }: StateFolder, user: User, server: string, ca: string): string {
  const file = join(path, `${user}.kubeconfig`);
  const cluster = { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: clusterName, cluster }],
    users: [{ name: user, user: { token: tokens[user] } }],
    contexts: [{ name: clusterName, context: { cluster: clusterName, user } }],
    'current-context': clusterName,
  };
  write(file, JSON.stringify(config, undefined, 2));
  return file;
}

function write(path: string, content: string | Buffer): void {
  writeFileSync(path, content, { mode: 0o600 });
}
