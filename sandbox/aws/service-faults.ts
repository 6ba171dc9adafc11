import type { FaultEffect } from '../faults.ts';
import { AwsError } from './aws-error.ts';
import { ec2Refusal } from './ec2-service.ts';
import { eksRefusal } from './eks-service.ts';
import { logsRefusal } from './logs-service.ts';
import { queryRefusal } from './query-protocol.ts';
import { stepFunctionsRefusal } from './step-functions-service.ts';
import type { WireAnswer } from './wire.ts';

interface Refusals {
  refuse: (error: AwsError) => WireAnswer;
  throttled: readonly [status: number, code: string];
  denied: readonly [status: number, code: string];
}

const services: Record<
  'autoscaling' | 'cloudformation' | 'ec2' | 'eks' | 'elasticloadbalancing' | 'iam' | 'logs' | 'states',
  Refusals
> = {
  autoscaling: { refuse: queryRefusal, throttled: [400, 'Throttling'], denied: [403, 'AccessDenied'] },
  cloudformation: { refuse: queryRefusal, throttled: [400, 'Throttling'], denied: [403, 'AccessDenied'] },
  ec2: { refuse: ec2Refusal, throttled: [503, 'RequestLimitExceeded'], denied: [403, 'UnauthorizedOperation'] },
  eks: { refuse: eksRefusal, throttled: [429, 'ThrottlingException'], denied: [403, 'AccessDeniedException'] },
  elasticloadbalancing: {
    refuse: queryRefusal,
    throttled: [400, 'ThrottlingException'],
    denied: [403, 'AccessDenied'],
  },
  iam: { refuse: queryRefusal, throttled: [400, 'Throttling'], denied: [403, 'AccessDenied'] },
  logs: { refuse: logsRefusal, throttled: [400, 'ThrottlingException'], denied: [400, 'AccessDeniedException'] },
  states: {
    refuse: stepFunctionsRefusal,
    throttled: [400, 'ThrottlingException'],
    denied: [400, 'AccessDeniedException'],
  },
};

/** What a service says, in its own words, to a caller that is too fast, or may not, or when it is broken. */
export function refusal(service: keyof typeof services, why: 'throttled' | 'denied' | 'broken'): FaultEffect {
  const { refuse, throttled, denied } = services[service];
  const error = {
    throttled: () => new AwsError(...throttled, 'Rate exceeded'),
    denied: () => new AwsError(...denied, 'User is not authorized to perform this operation'),
    broken: () => new AwsError(500, 'InternalFailure', 'An internal error has occurred'),
  }[why]();
  return { answer: refuse(error) };
}
