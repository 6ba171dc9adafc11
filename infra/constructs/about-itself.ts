import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';

/** Lets an execution continue as a new one. */
export function allowStartingItself(machine: StateMachine): void {
  allowAboutItself(machine, 'StartItself', 'states:StartExecution');
}

/** Lets an execution see which others there are. */
export function allowListingItself(machine: StateMachine): void {
  allowAboutItself(machine, 'ListItself', 'states:ListExecutions');
}

/** A policy of its own: the machine waits for its role's default policy, which therefore cannot name the machine. */
function allowAboutItself(machine: StateMachine, id: string, action: string): void {
  new Policy(machine, id, {
    roles: [machine.role],
    statements: [new PolicyStatement({ actions: [action], resources: [machine.stateMachineArn] })],
  });
}
