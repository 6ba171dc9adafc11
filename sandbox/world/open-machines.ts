import { realClock } from '../../shared/adapters/real-clock.ts';
import type { LaunchOutput } from '../../shared/lifecycle/launch.ts';
import type { TickOutput } from '../../shared/lifecycle/tick.ts';
import type { ActionKind } from '../../shared/settings/intake.ts';
import type { AwsSandbox } from '../aws/aws-sandbox.ts';
import type { ActionKey } from '../aws/scaling-groups.ts';
import { lazyMachine } from '../lazy-machine.ts';
import { lifecycleDefinition } from '../lifecycle-definition.ts';
import { requestDefinition } from '../request-definition.ts';
import { severalMachines } from '../several-machines.ts';
import { createStateMachine } from '../state-machine.ts';
import type { SandboxFunction } from './function-thread.ts';
import type { Observer } from './observation.ts';

export type TickFolder = 'terminate' | 'launch';
/** What a state machine calls. */
export type CalledFolder = TickFolder | 'drain';

export interface MachinesOptions {
  aws: AwsSandbox;
  stateMachineArns: Readonly<Record<TickFolder | 'request', string>>;
  arnOf: (name: string) => string;
  /** The function behind a machine's ticks, when one is due. */
  functionOf: (folder: CalledFolder) => SandboxFunction;
}

/** The state machines of a deployment, as the one service that starts their executions. */
export function openMachines({ aws, stateMachineArns, arnOf, functionOf }: MachinesOptions, observe: Observer) {
  let ticks = 0;
  const machineOf = (folder: TickFolder) =>
    createStateMachine(
      {
        stateMachineArn: stateMachineArns[folder],
        definition: lifecycleDefinition(arnOf(folder)),
        tick: async (input, signal) => {
          ticks += 1;
          const number = ticks;
          try {
            const output = (await functionOf(folder).invoke(input, signal)) as TickOutput | LaunchOutput;
            observe({ at: Date.now(), from: 'tick', number, output });
            return output;
          } catch (error) {
            observe({ at: Date.now(), from: 'tick-failure', number, error: error as Error });
            throw error;
          }
        },
        completeLifecycleAction: async (parameters) => aws.scaling.completeAction(actionKey(parameters), 'CONTINUE'),
      },
      { clock: realClock },
    );
  const { terminate, launch, request } = stateMachineArns;
  const drains = machineOf('terminate');
  const requests = lazyMachine(() =>
    createStateMachine(
      {
        stateMachineArn: request,
        definition: requestDefinition(arnOf('drain'), terminate),
        tick: (input, signal) => functionOf('drain').invoke(input, signal),
        completeLifecycleAction: () => Promise.reject(new Error('no request completes an action')),
        waitsFor: drains,
      },
      { clock: realClock },
    ),
  );
  return severalMachines({ [terminate]: drains, [launch]: machineOf('launch'), [request]: requests });
}

/** Which machine works on which kind of event. */
export function machinesByKind({
  terminate,
  launch,
}: Readonly<Record<TickFolder, string>>): Readonly<Record<ActionKind, string>> {
  return {
    terminate,
    launch,
    'spot-interruption': terminate,
    rebalance: terminate,
    'state-change': terminate,
    'scheduled-change': terminate,
  };
}

function actionKey(parameters: unknown): ActionKey {
  const said = parameters as Record<string, string>;
  const { AutoScalingGroupName: groupName = '', LifecycleHookName: hookName = '' } = said;
  return { groupName, hookName, token: said.LifecycleActionToken, instanceId: said.InstanceId };
}
