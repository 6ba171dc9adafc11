import { describe, expect, it } from 'vitest';
import { hintIn } from '../../../shared/lifecycle/console-hints.ts';

const nodeadm = 'ip-10-0-3-1 nodeadm[1918]: ';

describe('the console of an instance', () => {
  it.each([
    ['[    1.5] Kernel panic - not syncing: VFS: Unable to mount root fs', 'boot-failed'],
    ['You are in emergency mode. After logging in, type "journalctl -xb"', 'boot-failed'],
    [
      `${nodeadm}{"level":"fatal","caller":"nodeadm/main.go:36","msg":"Command failed","error":"operation error EC2: DescribeInstances, https response error StatusCode: 403, api error UnauthorizedOperation: You are not authorized to perform this operation."}`,
      'nodeadm-no-rights',
    ],
    [
      `${nodeadm}{"level":"fatal","caller":"nodeadm/main.go:36","msg":"Command failed","error":"no config"}`,
      'nodeadm-failed',
    ],
    ['[FAILED] Failed to start nodeadm-co…service - EKS Nodeadm Config.', 'nodeadm-not-started'],
    ['nodeadm-config.service: Failed to locate executable /usr/bin/nodeadm: Permission denied', 'nodeadm-not-started'],
    ['ERROR: bootstrap.sh has been removed from AL2023-based EKS AMIs.', 'bootstrap-removed'],
    ['kubelet[3211]: E1 "Unable to register node with API server" err="Unauthorized"', 'kubelet-unauthorized'],
    ['kubelet[3211]: E1 dial tcp 10.0.0.1:443: i/o timeout', 'api-unreachable'],
    [`${nodeadm}SDK lookup ec2.us-east-1.amazonaws.com: no such host`, 'api-unreachable'],
    ['sandbox-image[1]: failed to pull image 602401143452.dkr.ecr', 'image-unreachable'],
    ['write /var/lib/containerd: No space left on device', 'disk-full'],
    ['Exited with error on line 302', 'bootstrap-failed'],
    ['dracut-initqueue[1]: Warning: Could not boot.', 'boot-failed'],
    ['Get "https://A1.gr7.us-east-1.eks.amazonaws.com/api": dial tcp: i/o timeout', 'api-unreachable'],
    ['curl: https://api.eks.us-east-1.amazonaws.com: no such host', 'api-unreachable'],
    ['[FAILED] Failed to start cloud-fina… Execute cloud user/final scripts.', 'user-data-failed'],
    ['[FAILED] Failed to start the cloud-final.service', 'user-data-failed'],
    [
      'cloud-init[4143]: util.py[WARNING]: Failed running /var/lib/cloud/instance/scripts/part-001 [1]',
      'user-data-failed',
    ],
    ['cc_scripts_user.py[WARNING]: Failed to run module scripts_user (scripts in /var/lib/cloud)', 'user-data-failed'],
  ])('says %s', (line, code) => {
    const hint = hintIn(`[  OK  ] Started something.\n${line}\nlogin:`);
    expect(hint).toMatchObject({ code });
    expect(hint?.text).not.toBe('');
    expect(line.startsWith(hint?.line.replace('…', '').slice(0, 20) ?? 'x')).toBe(true);
  });

  it('says nothing of an instance that is well', () => {
    expect(
      hintIn('[  OK  ] Started nodeadm-run.service - EKS Nodeadm Run.\nkubelet[1]: Unable to sleep\n'),
    ).toBeUndefined();
    expect(hintIn('')).toBeUndefined();
  });

  it('is told by the most telling line, and of those by the last', () => {
    const output = [
      'util.py[WARNING]: Failed running /var/lib/cloud/instance/scripts/part-001 [1]',
      'Exited with error on line 1',
      'Exited with error on line 2',
      'Failed to run module scripts-user',
    ];
    expect(hintIn(output.join('\r\n'))).toMatchObject({
      code: 'bootstrap-failed',
      line: 'Exited with error on line 2',
    });
  });

  it('is told without its colours, and cut', () => {
    const hint = hintIn(`\u001b[0;1;31mFAILED\u001b[0m] Exited with error on line 3\u0007${'x'.repeat(400)}`);
    expect(hint?.line).toMatch(/^FAILED\] Exited with error on line 3 x+…$/);
    expect(hint?.line).toHaveLength(241);
    const whole = `Exited with error on line 3 ${'x'.repeat(212)}`;
    expect(hintIn(`  ${whole}  `)?.line).toBe(whole);
  });

  it.each([
    '+ docker login --username u --password hunter2 # kubelet: Unauthorized',
    "[   31.2] cloud-init[1918]: + echo 'Exited with error on line 3' hunter2",
    '++ PASSWORD=hunter2 kubelet: Unauthorized',
  ])('is not what a shell echoes of its user data: %s', (line) => {
    expect(hintIn(line)).toBeUndefined();
  });

  it('is told without what looks like a secret', () => {
    expect(hintIn('Exited with error on line 3 DB_PASSWORD=hunter2')?.line).toBe(
      'Exited with error on line 3 DB_PASSWORD=(withheld)',
    );
  });

  it('cuts a secret before it cuts its line', () => {
    const line = hintIn(`Exited with error on line 3 ${'x'.repeat(195)} token=${'hunter2'.repeat(9)}`)?.line;
    expect(line).not.toContain('hunter');
  });

  it('is looked for at the beginning of a line that does not end', () => {
    expect(hintIn(`${'x'.repeat(2_000)}Exited with error on line 3`)).toBeUndefined();
    expect(hintIn(`${'x'.repeat(1_900)}Exited with error on line 3`)).toBeDefined();
  });
});
