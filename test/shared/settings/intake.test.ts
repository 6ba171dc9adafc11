import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../shared/settings/config-error.ts';
import { type IntakeSettings, intakeEnvironment, parseIntakeSettings } from '../../../shared/settings/intake.ts';

const machine = 'arn:aws:states:us-east-1:123456789012:stateMachine:terminate';
const topic = 'arn:aws:sns:us-east-1:123456789012:lifecycle';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    parseIntakeSettings(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the intake’s settings', () => {
  it('are read from their keys, with nothing else in the environment in the way', () => {
    const environment = {
      ENL_ACCOUNT: '123456789012',
      ENL_TOPIC_ARNS: `${topic}, ${topic}-2`,
      ENL_STATE_MACHINE_TERMINATE: machine,
      ENL_STATE_MACHINE_SPOT_INTERRUPTION: `${machine}:live`,
      ENL_NETWORKS: `[{"clusters":["inner"],"terminate":"${machine}-inner","launch":"${machine}-inner-launch"}]`,
      ENL_CLUSTER_NAME: 'blue',
      ENL_LOG_LEVEL: 'debug',
      PATH: '/usr/bin',
    };
    expect(parseIntakeSettings(environment)).toEqual({
      account: '123456789012',
      topicArns: [topic, `${topic}-2`],
      stateMachines: { terminate: machine, 'spot-interruption': `${machine}:live` },
      networks: [{ clusters: ['inner'], terminate: `${machine}-inner`, launch: `${machine}-inner-launch` }],
      clusterName: 'blue',
      logLevel: 'debug',
    });
  });

  it('need a state machine and no more', () => {
    expect(parseIntakeSettings({ ENL_STATE_MACHINE_LAUNCH: machine })).toEqual({
      account: undefined,
      topicArns: [],
      stateMachines: { launch: machine },
      networks: [],
      clusterName: undefined,
      logLevel: 'info',
    });
  });

  const expectedNetworks = 'expected JSON: a list of clusters, terminate and launch';
  const sound = { ENL_STATE_MACHINE_TERMINATE: machine };
  it.each<[string, Record<string, string>, string[]]>([
    ['nothing', {}, ['ENL_STATE_MACHINE_TERMINATE: no kind of action has a state machine']],
    ['an account by name', { ...sound, ENL_ACCOUNT: 'prod' }, ['ENL_ACCOUNT: expected an account id of twelve digits']],
    ['an empty key', { ...sound, ENL_ACCOUNT: '' }, ['ENL_ACCOUNT: is empty; leave it out instead']],
    [
      'a FIFO topic',
      { ...sound, ENL_TOPIC_ARNS: `${topic},${topic}.fifo` },
      ['ENL_TOPIC_ARNS: entry 2: expected the ARN of a standard SNS topic'],
    ],
    ['a topic twice', { ...sound, ENL_TOPIC_ARNS: `${topic},${topic}` }, ['ENL_TOPIC_ARNS: names an entry twice']],
    [
      'a key of ours that does not exist',
      { ...sound, ENL_TOPIC_ARN: topic },
      ['ENL_TOPIC_ARN: not a setting of this function'],
    ],
    ['networks that are no JSON', { ...sound, ENL_NETWORKS: '[' }, [`ENL_NETWORKS: ${expectedNetworks}`]],
    [
      'a network without machines',
      { ...sound, ENL_NETWORKS: '[{"clusters":[]}]' },
      [`ENL_NETWORKS: ${expectedNetworks}`],
    ],
    ['a loud log', { ...sound, ENL_LOG_LEVEL: 'INFO' }, ['ENL_LOG_LEVEL: expected one of debug, info, warn, error']],
    [
      'an ARN of something else',
      { ENL_STATE_MACHINE_TERMINATE: topic },
      ['ENL_STATE_MACHINE_TERMINATE: expected the ARN of a state machine'],
    ],
    [
      'a state machine of another account',
      { ...sound, ENL_ACCOUNT: '999999999999' },
      ['ENL_STATE_MACHINE_TERMINATE: is in another account than ENL_ACCOUNT'],
    ],
  ])('are refused with %s', (_, environment, problems) => {
    expect(problemsOf(environment)).toEqual(problems);
  });

  it('are refused with every problem at once, and without a value in the message', () => {
    const environment = { ENL_ACCOUNT: 'hush', ENL_TOPIC_ARNS: 'hush', ENL_LOG_LEVEL: 'hush', ENL_HUSHED: 'hush' };
    expect(problemsOf(environment)).toHaveLength(5);
    expect(() => parseIntakeSettings(environment)).toThrow(
      /^5 problems in the settings: ENL_ACCOUNT: expected an account id of twelve digits; ENL_TOPIC/,
    );
    expect(() => parseIntakeSettings(environment)).not.toThrow(/hush/);
  });
});

describe('the intake’s environment', () => {
  const account = fc.stringMatching(/^\d{12}$/);
  const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);
  const partition = fc.constantFrom('aws', 'aws-cn', 'aws-us-gov');
  const settings: fc.Arbitrary<IntakeSettings> = account.chain((ours) => {
    const arn = fc
      .tuple(partition, name)
      .map(([p, machine]) => `arn:${p}:states:us-east-1:${ours}:stateMachine:${machine}`);
    const keys = {
      terminate: arn,
      launch: arn,
      'spot-interruption': arn,
      rebalance: arn,
      'state-change': arn,
      'scheduled-change': arn,
    };
    return fc.record(
      {
        account: fc.constantFrom(undefined, ours),
        topicArns: fc.uniqueArray(
          fc.tuple(account, name).map(([owner, topic]) => `arn:aws:sns:eu-west-1:${owner}:${topic}`),
        ),
        stateMachines: fc
          .record(keys, { requiredKeys: [], noNullPrototype: true })
          .filter((machines) => Object.keys(machines).length > 0),
        networks: fc.array(
          fc.record(
            { clusters: fc.array(fc.constantFrom('red', 'blue')), terminate: arn, launch: arn },
            { noNullPrototype: true },
          ),
        ),
        clusterName: fc.constantFrom(undefined, 'blue'),
        logLevel: fc.constantFrom('debug', 'info', 'warn', 'error'),
      },
      { noNullPrototype: true },
    );
  });

  it('reads back as the settings it was written from', () => {
    fc.assert(
      fc.property(settings, (given) => {
        expect(parseIntakeSettings(intakeEnvironment(given))).toStrictEqual(given);
      }),
    );
  });

  const nowhere = { networks: [], clusterName: undefined };

  it('is never written from settings that would be refused', () => {
    const wrong = { account: 'prod', topicArns: ['a,b'], stateMachines: {}, logLevel: 'info', ...nowhere } as const;
    expect(() => intakeEnvironment(wrong)).toThrow(/^4 problems in the settings: ENL_ACCOUNT/);
  });

  it('lets what only a deployment knows through, and checks the rest', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a CDK token looks like this
    const token = '${Token[TOKEN.12]}';
    const given = {
      account: undefined,
      topicArns: [token, topic],
      stateMachines: { terminate: token },
      networks: [{ clusters: ['blue'], terminate: token, launch: token }],
      clusterName: undefined,
      logLevel: 'info',
    } as const;
    expect(intakeEnvironment(given)).toEqual({
      ENL_TOPIC_ARNS: `${token},${topic}`,
      ENL_STATE_MACHINE_TERMINATE: token,
      ENL_NETWORKS: `[{"clusters":["blue"],"terminate":"${token}","launch":"${token}"}]`,
    });
  });
});
