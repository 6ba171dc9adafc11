import { expect, test } from 'vitest';
import { defaultPolicy } from '../../../shared/lifecycle/policy.ts';
import { type ManualSettings, manualEnvironment, parseManualSettings } from '../../../shared/settings/manual.ts';

const arn = (name: string) => `arn:aws-cn:states:cn-north-1:123456789012:stateMachine:${name}`;
const settings: ManualSettings = {
  ...{ requestMachineArn: arn('requests'), drainMachineArn: arn('drains') },
  ...{ reportBucket: 'reports', reportFolder: undefined, logLevel: 'debug' },
  policy: { ...defaultPolicy, deadlineSeconds: 600, settleSeconds: 7 },
};

test('settings read back from the environment that they write', () => {
  const environment = manualEnvironment(settings);
  expect(environment).toMatchObject({ ENL_DEADLINE_SECONDS: '600', ENL_SETTLE_SECONDS: '7' });
  expect(parseManualSettings(environment)).toEqual(settings);
});

test('everything that is wrong is said at once', () => {
  expect(() =>
    parseManualSettings({ ENL_STATE_MACHINE_DRAIN: 'x', ENL_DEADLINE_SECONDS: '0', ENL_TOPIC: 'a' }),
  ).toThrow(
    '4 problems in the settings: ENL_STATE_MACHINE_DRAIN: expected the ARN of a state machine; ' +
      'ENL_DEADLINE_SECONDS: expected a whole number from 1 to 172800; ENL_TOPIC: not a setting of this function; ' +
      'ENL_STATE_MACHINE_REQUEST: is missing',
  );
  expect(() => manualEnvironment({ ...settings, requestMachineArn: 'x' })).toThrow(
    'ENL_STATE_MACHINE_REQUEST: expected',
  );
});
