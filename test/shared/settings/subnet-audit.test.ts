import { describe, expect, it } from 'vitest';
import {
  parseSubnetAuditSettings,
  type SubnetAuditSettings,
  subnetAuditEnvironment,
} from '../../../shared/settings/subnet-audit.ts';

const defaults: SubnetAuditSettings = {
  ...{ clusterNames: [], kubernetes: true, waivers: undefined, topicArn: undefined, securityHub: false },
  ...{ reportBucket: 'reports', logLevel: 'info' },
};

describe('the settings of the audit of subnets', () => {
  it.each<Partial<SubnetAuditSettings>>([
    {},
    {
      ...{ clusterNames: ['a', 'b'], kubernetes: false, waivers: 's3://settings/net/waivers.yaml', securityHub: true },
      ...{ topicArn: 'arn:aws:sns:eu-west-1:123456789012:network', logLevel: 'debug' },
    },
  ])('read back as they were written: %o', (changes) => {
    const settings = { ...defaults, ...changes };
    expect(parseSubnetAuditSettings(subnetAuditEnvironment(settings))).toEqual(settings);
  });

  it('are wrong all at once', () => {
    const environment = { ENL_WAIVERS: 'https://bucket/x', ENL_SECURITY_HUB: 'yes', ENL_TOPIC_ARN: 'x' };
    expect(() => parseSubnetAuditSettings(environment)).toThrow(
      /ENL_WAIVERS: expected s3:\/\/BUCKET\/KEY[\s\S]*ENL_TOPIC_ARN[\s\S]*ENL_SECURITY_HUB[\s\S]*ENL_REPORT_BUCKET: is missing/,
    );
  });
});
