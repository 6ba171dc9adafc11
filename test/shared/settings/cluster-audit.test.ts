import { expect, test } from 'vitest';
import { clusterAuditEnvironment, parseClusterAuditSettings } from '../../../shared/settings/cluster-audit.ts';

const settings = {
  clusterNames: ['a', 'b'],
  topicArn: 'arn:aws-cn:sns:cn-north-1:123456789012:hooks',
  roleArn: 'arn:aws-cn:iam::123456789012:role/path/hooks',
  heartbeatSeconds: 600,
  hookNames: ['drain'],
  requireTag: true,
  reportBucket: 'reports',
  logLevel: 'debug',
} as const;

test('settings read back from the environment that they write', () => {
  expect(parseClusterAuditSettings(clusterAuditEnvironment(settings))).toEqual(settings);
});

test('everything that is wrong is said at once', () => {
  const environment = { ENL_HOOK_ROLE_ARN: 'me', ENL_HEARTBEAT_TIMEOUT_SECONDS: '20', ENL_CLUSTER: 'a' };
  expect(() => parseClusterAuditSettings(environment)).toThrow(
    '6 problems in the settings: ENL_HOOK_ROLE_ARN: expected the ARN of a role; ' +
      'ENL_HEARTBEAT_TIMEOUT_SECONDS: expected a whole number from 30 to 7200; ENL_CLUSTER: not a setting of this function; ' +
      'ENL_CLUSTER_NAMES: names no cluster to look at; ENL_TOPIC_ARN: is missing; ENL_REPORT_BUCKET: is missing',
  );
  expect(() => clusterAuditEnvironment({ ...settings, clusterNames: [], reportBucket: 'X' })).toThrow(
    '2 problems in the settings: ENL_REPORT_BUCKET: expected the name of an S3 bucket; ENL_CLUSTER_NAMES: names no cluster to look at',
  );
});
