import { describe, expect, test } from 'vitest';
import { inWords, synthesize } from './synthesize.ts';

const pattern = {
  spot: { source: ['aws.ec2'], 'detail-type': ['EC2 Spot Instance Interruption Warning'] },
  rebalance: { source: ['aws.ec2'], 'detail-type': ['EC2 Instance Rebalance Recommendation'] },
  state: {
    source: ['aws.ec2'],
    'detail-type': ['EC2 Instance State-change Notification'],
    detail: { state: ['stopping', 'shutting-down'] },
  },
  health: {
    source: ['aws.health'],
    'detail-type': ['AWS Health Event'],
    detail: { service: ['EC2'], eventTypeCategory: ['scheduledChange'] },
  },
};

function noticesOf(props: Parameters<typeof synthesize>[0]) {
  const template = synthesize(props);
  const rules = Object.values(template.findResources('AWS::Events::Rule')).map(({ Properties }) => Properties);
  const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
  const [, intake] = functions.find(([id]) => id.startsWith('LifecycleIntake')) ?? expect.fail('no intake');
  const machines = Object.entries(intake.Properties.Environment.Variables as Record<string, unknown>).flatMap(
    ([name, arn]) => (name.startsWith('ENL_STATE_MACHINE_') ? [`${name.slice(18)} ${inWords(arn)}`] : []),
  );
  return { rules, machines, permissions: Object.keys(template.findResources('AWS::Lambda::Permission')).length };
}

/** Of what comes without a hook. */
const noticesIn = <T extends { EventPattern: { source: string[] } }>(rules: T[]) =>
  rules.filter(({ EventPattern }) => !EventPattern.source.includes('aws.autoscaling'));

const hooks = ['LAUNCH <LaunchMachine>', 'TERMINATE <DrainMachine>'];
const byDefault = noticesOf({});
const chosen = noticesOf({
  notices: { rebalance: 'cordon' },
  ignoredNotices: ['spot-interruption', 'state-change', 'scheduled-change'],
});

describe('events about instances that no hook pauses', () => {
  test('come from EventBridge to the intake, which hands them to the machine of drains; no rebalance by default', () => {
    const { rules, machines, permissions } = byDefault;
    expect(noticesIn(rules).map(({ EventPattern }) => EventPattern)).toEqual([
      pattern.spot,
      pattern.state,
      pattern.health,
    ]);
    for (const { Targets, State } of rules) {
      expect(State).toBe('ENABLED');
      expect(inWords(Targets)).toEqual([
        expect.objectContaining({ Arn: '<IntakeFunction.Arn>', DeadLetterConfig: { Arn: '<IntakeFailures.Arn>' } }),
      ]);
    }
    const notices = ['SCHEDULED_CHANGE', 'SPOT_INTERRUPTION', 'STATE_CHANGE'].map((kind) => `${kind} <DrainMachine>`);
    expect(machines.sort()).toEqual([...hooks, ...notices].sort());
    expect(permissions).toBe(1 + rules.length);
  });

  test('include rebalance recommendations where something is done about them, and none of a kind that is ignored', () => {
    const { rules, machines } = chosen;
    expect(noticesIn(rules).map(({ EventPattern }) => EventPattern)).toEqual([pattern.rebalance]);
    expect(machines.sort()).toEqual([...hooks, 'REBALANCE <DrainMachine>'].sort());
  });
});
