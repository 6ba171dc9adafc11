import { describe, expect, it } from 'vitest';
import { accessProblem } from '../../../shared/lifecycle/launch-access.ts';
import { diagnose } from '../../../shared/lifecycle/launch-diagnosis.ts';
import type { RoleAccess } from '../../../shared/lifecycle/launch-facts.ts';
import { facts, instanceId, role, running } from './launch-facts-builder.ts';

const access = (mode: RoleAccess['mode'], entryType?: string): RoleAccess => ({ mode, entryType });
const both = access('API_AND_CONFIG_MAP');
const entry = (type = 'EC2_LINUX', arn = role) =>
  `aws eks create-access-entry --cluster-name demo --principal-arn ${arn} --type ${type} --region us-east-1`;
const row = (more = '') =>
  `eksctl create iamidentitymapping --cluster demo --arn ${role} --username 'system:node:{{EC2PrivateDNSName}}' ` +
  `--group system:bootstrappers --group system:nodes${more} --region us-east-1`;
const others = ['arn:aws:iam::123456789012:role/others'];

describe('a node role without access is told with the command that helps in the authentication mode of the cluster', () => {
  it.each([
    ['API_AND_CONFIG_MAP', others, 'neither an access entry nor a row in aws-auth', entry()],
    ['CONFIG_MAP', others, 'no row in aws-auth, and the cluster knows no access entries', row()],
    ['API', others, 'mode API a row in aws-auth would not count', entry()],
    ['API', [role], 'mode API its row in aws-auth does not count', entry()],
    ['API', 'unknown', 'mode API a row in aws-auth would not count', entry()],
  ] as const)('%s, with %o', (mode, mappedRoles, text, fix) => {
    const found = diagnose(facts({ accessEntry: access(mode), mappedRoles }));
    expect(found).toMatchObject({ code: 'role-not-mapped', fix });
    expect(found.text).toMatch(
      new RegExp(`^no Node has the provider ID of ${instanceId}: the node role ${role} has .*${text}$`),
    );
  });

  it.each(['API_AND_CONFIG_MAP', 'CONFIG_MAP'] as const)('%s, unless a row maps it, in whatever case', (mode) => {
    const mappedRoles = [...others, role.toUpperCase()];
    expect(diagnose(facts({ accessEntry: access(mode), mappedRoles })).code).toBe('no-node');
  });

  it('for Windows as Windows needs it', () => {
    const instance = { ...running, platform: 'windows' as const };
    expect(diagnose(facts({ instance, accessEntry: both })).fix).toBe(entry('EC2_WINDOWS'));
    const group = ' --group eks:kube-proxy-windows';
    expect(diagnose(facts({ instance, accessEntry: access('CONFIG_MAP') })).fix).toBe(row(group));
  });

  it('for an instance that EC2 does not know as for Linux', () => {
    expect(accessProblem(facts({ instance: undefined, accessEntry: both }))?.fix).toBe(entry());
  });

  it('for an instance that EC2 no longer tells of as for Linux', () => {
    expect(diagnose(facts({ instance: 'unknown', accessEntry: both })).fix).toBe(entry());
  });
});

describe('an access entry', () => {
  it.each(['EC2_LINUX', 'EC2_WINDOWS', 'EC2'])('of type %s lets nodes in, in any mode that has entries', (type) => {
    for (const mode of ['API', 'API_AND_CONFIG_MAP'] as const) {
      expect(diagnose(facts({ accessEntry: access(mode, type) })).code).toBe('no-node');
    }
  });

  it.each(['STANDARD', 'FARGATE_LINUX', 'HYBRID_LINUX', 'NOT_EC2', 'EC2_TOMORROW'])(
    'of type %s does not, and outranks any row',
    (type) => {
      const found = diagnose(facts({ accessEntry: access('API_AND_CONFIG_MAP', type), mappedRoles: [role] }));
      expect(found).toMatchObject({
        code: 'wrong-access-entry',
        text: expect.stringContaining(`of type ${type}, which`),
      });
      expect(found.text).toContain('whatever aws-auth says');
      const remove = `aws eks delete-access-entry --cluster-name demo --principal-arn ${role} --region us-east-1`;
      expect(found.fix).toBe(`${remove} && ${entry()}`);
      const alone = diagnose(facts({ accessEntry: access('API', type) }));
      expect(alone.text).toMatch(/which lets no node in$/);
    },
  );
});

describe('the path of a role', () => {
  const nodeRole = 'arn:aws:iam::123456789012:role/team/a/nodes';
  it('is left out of its row, and kept in its access entry', () => {
    expect(diagnose(facts({ nodeRole, accessEntry: both, mappedRoles: [role] })).code).toBe('no-node');
    const found = diagnose(facts({ nodeRole, accessEntry: both }));
    expect(found.fix).toBe(entry('EC2_LINUX', nodeRole));
    expect(diagnose(facts({ nodeRole, accessEntry: access('CONFIG_MAP') })).fix).toBe(row());
  });

  it('makes a row that has it of no use', () => {
    const found = diagnose(facts({ nodeRole, accessEntry: both, mappedRoles: [nodeRole] }));
    expect(found).toMatchObject({ code: 'role-not-mapped', fix: entry('EC2_LINUX', nodeRole) });
    expect(found.text).toMatch(/with its path, which it has to be without, and no access entry does$/);
    const rowsAlone = diagnose(facts({ nodeRole, accessEntry: access('CONFIG_MAP'), mappedRoles: [nodeRole] }));
    expect(rowsAlone.fix).toBe(row());
    expect(rowsAlone.text).toMatch(/which it has to be without$/);
    const entriesAlone = diagnose(facts({ nodeRole, accessEntry: access('API'), mappedRoles: [role] }));
    expect(entriesAlone.text).toMatch(/its row in aws-auth does not count$/);
  });
});

describe('access is not said to be missing', () => {
  it.each([
    [{ accessEntry: both, mappedRoles: 'unknown' }, 'the ConfigMap aws-auth'],
    [{ accessEntry: 'unknown', mappedRoles: [] }, 'the access entries'],
    [{ accessEntry: 'unknown', mappedRoles: 'unknown' }, 'the access entries, the ConfigMap aws-auth'],
    [{ nodeRole: 'unknown', accessEntry: 'unknown' }, 'the node role, the access entries'],
  ] as const)('where %o', (seen, unseen) => {
    const found = diagnose(facts(seen));
    expect(found.code).toBe('no-node');
    expect(found.text).toMatch(new RegExp(`; not known: ${unseen}$`));
  });

  it('where nobody could tell the role', () => {
    expect(diagnose(facts({ instance: 'unknown', nodeRole: 'unknown', accessEntry: both })).code).toBe('no-node');
  });

  it('by a ConfigMap that cannot be read and does not count', () => {
    for (const accessEntry of [access('API', 'EC2_LINUX'), access('API_AND_CONFIG_MAP', 'EC2_LINUX')]) {
      expect(diagnose(facts({ accessEntry, mappedRoles: 'unknown' })).text).not.toContain('not known');
    }
  });
});
