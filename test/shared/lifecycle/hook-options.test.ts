import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metadataOf, readHookOptions } from '../../../shared/lifecycle/hook-options.ts';
import { anAction } from './builders.ts';

/** Much sooner made than fast-check’s own unit of all code points. */
const anyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));
const kept = { reserveSeconds: 60, settleSeconds: 5 };
const read = (given: unknown) => readHookOptions(typeof given === 'string' ? given : JSON.stringify(given), kept);

describe('an option', () => {
  it.each([
    [{ cluster: 'prod' }, {}],
    [{ onDeadline: 'force' }, { onDeadline: 'force' }],
    [{ onDeadline: 'continue' }, { onDeadline: 'continue' }],
    [{ onDeadline: 'abandon' }, { onDeadline: 'abandon' }],
    [{ drainTimeoutSeconds: 66 }, { deadlineSeconds: 66 }],
    [{ drainTimeoutSeconds: 172_800 }, { deadlineSeconds: 172_800 }],
    [{ graceCapSeconds: 1 }, { graceCapSeconds: 1 }],
    [{ graceCapSeconds: 172_800 }, { graceCapSeconds: 172_800 }],
    [{ detachSeconds: 0 }, { detachSeconds: 0 }],
    [{ detachSeconds: 7200 }, { detachSeconds: 7200 }],
    [{ daemonSets: 'stay' }, { daemonSets: 'stay' }],
    [{ daemonSets: 'evict-last' }, { daemonSets: 'evict-last' }],
    [{ surgeSingletons: true }, { surgeSingletons: true }],
    [{ surgeSingletons: false }, { surgeSingletons: false }],
    [
      {
        cluster: 'a',
        onDeadline: 'continue',
        drainTimeoutSeconds: 600,
        graceCapSeconds: 60,
        detachSeconds: 9,
        daemonSets: 'stay',
      },
      { onDeadline: 'continue', deadlineSeconds: 600, graceCapSeconds: 60, detachSeconds: 9, daemonSets: 'stay' },
    ],
  ])('%j holds', (given, policy) => {
    expect(read(given)).toEqual({ policy, problems: [], unknown: [] });
  });

  const seconds = 'expected a whole number of seconds from 1 to 172800';
  it.each<[object, string]>([
    [{ cluster: 'two words' }, 'cluster: expected the name of an EKS cluster'],
    [{ cluster: '' }, 'cluster: expected the name of an EKS cluster'],
    [{ cluster: 7 }, 'cluster: expected the name of an EKS cluster'],
    [{ cluster: null }, 'cluster: expected the name of an EKS cluster'],
    [{ onDeadline: 'stop' }, 'onDeadline: expected one of force, continue, abandon'],
    [{ onDeadline: true }, 'onDeadline: expected one of force, continue, abandon'],
    [{ drainTimeoutSeconds: 0 }, `drainTimeoutSeconds: ${seconds}`],
    [{ drainTimeoutSeconds: 172_801 }, `drainTimeoutSeconds: ${seconds}`],
    [{ drainTimeoutSeconds: '600' }, `drainTimeoutSeconds: ${seconds}`],
    [{ drainTimeoutSeconds: 600.5 }, `drainTimeoutSeconds: ${seconds}`],
    [{ drainTimeoutSeconds: [600] }, `drainTimeoutSeconds: ${seconds}`],
    [{ drainTimeoutSeconds: 65 }, 'drainTimeoutSeconds: expected more than 65, which are kept free'],
    [{ graceCapSeconds: 0 }, `graceCapSeconds: ${seconds}`],
    [{ graceCapSeconds: 172_801 }, `graceCapSeconds: ${seconds}`],
    [{ detachSeconds: -1 }, 'detachSeconds: expected a whole number of seconds from 0 to 7200'],
    [{ detachSeconds: 7201 }, 'detachSeconds: expected a whole number of seconds from 0 to 7200'],
    [{ daemonSets: 'evict' }, 'daemonSets: expected stay or evict-last'],
    [{ surgeSingletons: 'true' }, 'surgeSingletons: expected true or false'],
  ])('%j does not, and the others do', (given, problem) => {
    const sound = 'graceCapSeconds' in given ? { onDeadline: 'continue' } : { graceCapSeconds: 30 };
    expect(read({ ...given, ...sound })).toEqual({ policy: sound, problems: [problem], unknown: [] });
    expect(read({ ...sound, ...given })).toEqual({ policy: sound, problems: [problem], unknown: [] });
  });

  it('leaves no time to drain in, beside others that are bad: all are told', () => {
    expect(read({ drainTimeoutSeconds: 1, daemonSets: 'go', graceCapSeconds: 5 })).toEqual({
      policy: { graceCapSeconds: 5 },
      problems: [
        'daemonSets: expected stay or evict-last',
        'drainTimeoutSeconds: expected more than 65, which are kept free',
      ],
      unknown: [],
    });
  });

  it.each([
    ['drainTimeout', 'drainTimeout'],
    ['toString', 'toString'],
    ['k'.repeat(60), 'k'.repeat(40)],
  ])('is none of ours beside one that is: %s', (key, told) => {
    const policy = { daemonSets: 'stay' };
    expect(read({ ...policy, [key]: 1 })).toEqual({ policy, problems: [], unknown: [told] });
    expect(read({ [key]: 1, drainTimeoutSeconds: 1 })).toMatchObject({
      problems: [expect.any(String)],
      unknown: [told],
    });
  });
});

describe('metadata', () => {
  it.each([
    undefined,
    '',
    'additional-info',
    '{}',
    '{"team":"a"}',
    '["cluster"]',
    '"cluster"',
    'null',
    '7',
    '{"cluster":',
  ])('%j is somebody else’s, and says nothing', (metadata) => {
    expect(readHookOptions(metadata, kept)).toEqual({ policy: {}, problems: [], unknown: [] });
  });

  it('of the event comes before that of the hook', () => {
    const { metadata: _, ...bare } = { ...anAction(), metadata: '' };
    const hook = { metadata: 'the hook’s' };
    expect(metadataOf({ ...bare, metadata: 'the event’s' }, hook)).toBe('the event’s');
    expect(metadataOf(bare, hook)).toBe('the hook’s');
    expect(metadataOf(bare, undefined)).toBeUndefined();
  });

  it('of a notice is that of its hook, of which there is none', () => {
    const base = { version: 1, account: '123456789012', region: 'us-east-1', instanceId: 'i-1' } as const;
    expect(metadataOf({ ...base, kind: 'rebalance', noticeId: 'one' }, undefined)).toBeUndefined();
  });
});

describe('whatever metadata holds', () => {
  const keys = [
    'cluster',
    'onDeadline',
    'drainTimeoutSeconds',
    'graceCapSeconds',
    'detachSeconds',
    'daemonSets',
    'surge',
  ];
  const sound = fc.record(
    {
      cluster: fc.constant('prod'),
      onDeadline: fc.constantFrom('force', 'continue', 'abandon'),
      drainTimeoutSeconds: fc.integer({ min: 66, max: 172_800 }),
      graceCapSeconds: fc.integer({ min: 1, max: 172_800 }),
      detachSeconds: fc.integer({ min: 0, max: 7200 }),
      daemonSets: fc.constantFrom('stay', 'evict-last'),
    },
    { requiredKeys: ['cluster'], noNullPrototype: true },
  );

  it('it is read without an error, and into no more than our options', () => {
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.json(),
      fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()).map((given) => JSON.stringify(given)),
    );
    fc.assert(
      fc.property(text, (metadata) => {
        const { policy, problems } = readHookOptions(metadata, kept);
        const ours = ['onDeadline', 'deadlineSeconds', 'graceCapSeconds', 'detachSeconds', 'daemonSets'];
        expect(ours).toEqual(expect.arrayContaining(Object.keys(policy)));
        for (const problem of problems) expect(problem).toMatch(/^[a-zA-Z]+: expected/);
      }),
    );
  });

  it('a field that is bad never changes another', () => {
    const bad = fc.dictionary(fc.stringMatching(/^x[a-zA-Z]{0,8}$/), fc.jsonValue(), { minKeys: 1 });
    fc.assert(
      fc.property(sound, bad, fc.constantFrom(...keys), (given, others, key) => {
        const alone = readHookOptions(JSON.stringify(given), kept);
        expect(alone.problems).toEqual([]);
        const beside = readHookOptions(JSON.stringify({ ...others, ...given }), kept);
        expect(beside.policy).toEqual(alone.policy);
        expect(beside.problems).toEqual([]);
        expect(beside.unknown).toHaveLength(Object.keys(others).length);
        const { [key]: _, ...without } = given as Record<string, unknown>;
        const spoilt = readHookOptions(JSON.stringify({ ...given, [key]: { bad: true } }), kept);
        expect(spoilt.policy).toEqual(readHookOptions(JSON.stringify({ cluster: 'prod', ...without }), kept).policy);
        expect([...spoilt.problems, ...spoilt.unknown]).toHaveLength(1);
      }),
    );
  });
});
