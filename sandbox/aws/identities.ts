import { randomBytes } from 'node:crypto';

export interface SandboxCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

export interface SandboxIdentity {
  credentials: SandboxCredentials;
  /** Of the role's session, as GetCallerIdentity tells it. */
  arn: string;
  roleArn: string;
}

export type Identities = ReturnType<typeof createIdentities>;

/** Roles and the temporary keys of their sessions. */
export function createIdentities({ account, partition }: { account: string; partition: string }) {
  const byRole = new Map<string, SandboxIdentity>();

  return {
    /** The same keys each time. */
    credentialsOf(role: string): SandboxCredentials {
      const known = byRole.get(role)?.credentials;
      if (known) return known;
      const credentials = {
        accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
        secretAccessKey: randomBytes(30).toString('base64'),
        sessionToken: randomBytes(90).toString('base64'),
      };
      byRole.set(role, {
        credentials,
        arn: `arn:${partition}:sts::${account}:assumed-role/${role}/sandbox`,
        roleArn: `arn:${partition}:iam::${account}:role/${role}`,
      });
      return credentials;
    },

    withAccessKey: (accessKeyId: string) =>
      [...byRole.values()].find(({ credentials }) => credentials.accessKeyId === accessKeyId),
  };
}
