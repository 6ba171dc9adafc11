import { expect, test } from 'vitest';
import { explainAwsError } from '../../cli/explain-aws-error.ts';
import { during } from '../../shared/adapters/during.ts';
import { DeniedError } from '../../shared/adapters/paced-calls.ts';
import { never } from '../sandbox/aws/start-aws.ts';

const named = (name: string, message: string) => Object.assign(new Error(message), { name });
const putting = (error: unknown) =>
  during('putting hook h on group g', never, Promise.reject(error)).catch((thrown: unknown) => thrown);

test.each<[string, unknown, object]>([
  [
    'a right of Auto Scaling',
    new DeniedError('autoscaling:PutLifecycleHook', {}),
    { text: 'putting hook h on group g: not allowed: autoscaling:PutLifecycleHook', access: true },
  ],
  [
    'the right to pass the role',
    new DeniedError('iam:PassRole', {}),
    { next: 'Whoever runs this needs the IAM action iam:PassRole on the role of the hooks.', access: true },
  ],
  [
    'a session that is over',
    named('ExpiredToken', 'too old'),
    { next: expect.stringMatching(/^Sign in/), access: true },
  ],
  ['no session', named('TokenProviderError', 'sso'), { next: expect.stringMatching(/^Sign in/), access: true }],
  ['a foreign key', named('InvalidClientTokenId', 'no'), { next: expect.stringMatching(/^Sign in/), access: true }],
  ['a wrong secret', named('SignatureDoesNotMatch', 'no'), { next: expect.stringContaining('clock'), access: true }],
  ['throttling', named('Throttling', 'Rate exceeded'), { next: expect.stringMatching(/^Run it again/), access: false }],
  ['a change under way', named('ResourceContention', 'no'), { next: expect.stringMatching(/^Run it/), access: false }],
  [
    'a topic that cannot be told',
    named('ValidationError', 'Unable to publish test message to notification target arn:x using IAM role arn:y'),
    { next: expect.stringContaining('take TopicArn and HookRoleArn from one stack'), access: false },
  ],
  [
    'nobody there on two address families',
    new AggregateError([new Error('connect ECONNREFUSED ::1:9'), new Error('connect ECONNREFUSED 127.0.0.1:9')]),
    { text: expect.stringContaining('connect ECONNREFUSED ::1:9, connect ECONNREFUSED 127.0.0.1:9'), access: true },
  ],
  ['no answer', named('TimeoutError', 'no'), { next: expect.stringContaining('AWS_ENDPOINT_URL'), access: true }],
  [
    'what nobody knows',
    named('ValidationError', 'odd'),
    { text: 'putting hook h on group g: ValidationError: odd', access: false },
  ],
])('%s has its explanation and its next step', async (_title, error, explained) => {
  expect(explainAwsError(await putting(error))).toMatchObject(explained);
});

test('what is no error of a call is said as it is', () => {
  expect(explainAwsError(new Error('odd'))).toEqual({ text: 'odd', access: false });
  expect(explainAwsError('odd')).toEqual({ text: 'odd', access: false });
});
