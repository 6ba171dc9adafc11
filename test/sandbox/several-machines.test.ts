import { expect, it } from 'vitest';
import { createManualClock } from '../../sandbox/clock.ts';
import { severalMachines } from '../../sandbox/several-machines.ts';
import { createStateMachine } from '../../sandbox/state-machine.ts';

const definition = JSON.stringify({
  StartAt: 'Tick',
  States: { Tick: { Type: 'Task', Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:tick', End: true } },
});
const arnOf = (name: string) => `arn:aws:states:eu-west-1:123456789012:stateMachine:${name}`;

it('starts an execution on the machine of its ARN, tells of all in the order of their starts, and waits for all', async () => {
  const clock = createManualClock(0);
  const machineOf = (name: string) =>
    createStateMachine(
      { stateMachineArn: arnOf(name), definition, tick: async () => name, completeLifecycleAction: async () => ({}) },
      { clock },
    );
  const machines = severalMachines({ [arnOf('one')]: machineOf('one'), [arnOf('two')]: machineOf('two') });
  const second = machines.start('b', arnOf('two'), {});
  clock.jump(1);
  machines.start('a', arnOf('one'), {});
  await machines.idle();
  expect(machines.list().map(({ name, status, output }) => [name, status, output])).toEqual([
    ['b', 'SUCCEEDED', 'two'],
    ['a', 'SUCCEEDED', 'one'],
  ]);
  expect(machines.describe(second.executionArn)?.output).toBe('two');
  expect(machines.describe('arn:none')).toBeUndefined();
  expect(() => machines.start('c', arnOf('three'), {})).toThrow(`no state machine ${arnOf('three')}`);
  await machines.stop();
});
