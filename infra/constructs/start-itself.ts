import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/**
 * Lets an execution continue as a new one. A policy of its own: the machine waits for its role's default policy, which
 * therefore cannot name the machine.
 */
export function allowStartingItself(machine: StateMachine): void {
  new Policy(machine, 'StartItself', {
    roles: [machine.role],
    statements: [new PolicyStatement({ actions: ['states:StartExecution'], resources: [machine.stateMachineArn] })],
  });
}
