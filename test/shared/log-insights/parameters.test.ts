import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { catalogue, findQuery } from '../../../shared/log-insights/catalogue.ts';
import { checkValues, kinds, type Parameter, problemOf } from '../../../shared/log-insights/parameters.ts';

const allKinds = Object.keys(kinds) as (keyof typeof kinds)[];
const parameterOf = (kind: keyof typeof kinds): Parameter => ({ name: 'it', kind, description: '' });
const accepted = (kind: keyof typeof kinds, value: string) => problemOf(parameterOf(kind), value) === undefined;

const dangerous = [...'"\'`\\|/{}()[]<>$#*?!;&%^~ \n\r\t\0\u0085\u00a0\u2028\u2029é'];
const some: Record<keyof typeof kinds, string[]> = {
  node: ['ip-10-0-1-7.eu-west-1.compute.internal', 'i-0abcdef1234567890', 'a', `${'a'.repeat(251)}.b`],
  pod: ['web-5d4f8c7b9-x2k4q', 'coredns-0'],
  namespace: ['kube-system', 'a', 'a'.repeat(63)],
  user: ['eks:node-manager', 'system:serviceaccount:kube-system:node-controller', 'jo.doe+x@example.com'],
  role: ['cluster-admin', 'system:node', 'Shop_Reader'],
  minutes: ['1', '15', '10080'],
  choice: ['client'],
};
const refused: Record<keyof typeof kinds, string[]> = {
  node: ['', '-a', 'a-', 'a..b', '.a', 'A', 'a'.repeat(254), 'a_b', 'a:b'],
  pod: ['', 'a.', 'Web', 'a_b'],
  namespace: ['', 'a.b', 'a'.repeat(64), 'Kube'],
  user: ['', ':a', 'a/b', '/a', 'arn:aws:iam::12:role/x', 'arn:aws:iam::123456789012:role//x', 'a'.repeat(513)],
  role: ['', '.a', 'a/b', 'a@b', 'a'.repeat(254)],
  minutes: ['', '0', '-1', '1.5', '1e3', '007', '10081', 'Infinity', ' 5'],
  choice: ['', 'Client', 'a-b'],
};
const attempts = [
  'x" or 1 = 1',
  'x"\n| fields @message',
  'x\n| limit 1',
  'x | stats count(*)',
  'x\\',
  'x/ or @message like /',
  '{{node}}',
  `x' or '1`,
  'x`',
  'x\u2028',
  'x\n',
  '\u0000',
];

describe.each(allKinds)('a value of the kind %s', (kind) => {
  it.each(some[kind])('may be %j', (value) => {
    expect(accepted(kind, value)).toBe(true);
  });

  it.each([...refused[kind], ...attempts])('is never %j', (value) => {
    expect(accepted(kind, value)).toBe(false);
  });

  it('has nothing in it that ends a string, a command or a line, wherever it stands', () => {
    const place = fc.record({
      base: fc.constantFrom(...some[kind]),
      bad: fc.constantFrom(...dangerous),
      at: fc.nat(300),
    });
    fc.assert(
      fc.property(place, ({ base, bad, at }) => {
        expect(accepted(kind, base.slice(0, at) + bad + base.slice(at))).toBe(false);
      }),
    );
    const near = fc.string({ unit: fc.constantFrom(...'aZ09.-:_@+=,', ...dangerous), maxLength: 6 });
    fc.assert(
      fc.property(near, (value) => {
        expect(accepted(kind, value) && dangerous.some((bad) => value.includes(bad))).toBe(false);
      }),
    );
  });
});

test('only the ARN of a principal has slashes, and nothing else that could end a string', () => {
  const arn = 'arn:aws-us-gov:sts::123456789012:assumed-role/team/i-0abc@x';
  expect(accepted('user', arn)).toBe(true);
  expect([...attempts, ...dangerous].filter((bad) => bad !== '/' && accepted('user', `${arn}${bad}`))).toEqual([]);
});

test('every parameter of every query refuses every attempt', () => {
  const letThrough = catalogue.flatMap((query) =>
    query.parameters.flatMap((parameter) =>
      attempts.filter((attempt) => {
        const others = query.parameters.filter(({ required }) => required).map(({ name }) => [name, 'a'] as const);
        try {
          query.text({ ...Object.fromEntries(others), [parameter.name]: attempt });
          return true;
        } catch (error) {
          expect(error).toMatchObject({ name: 'ParameterError' });
          return false;
        }
      }),
    ),
  );
  expect(letThrough).toEqual([]);
});

test('all that is wrong is said at once, and what is wrong is shown as JSON', () => {
  const { parameters } = findQuery('drain-timeline') ?? { parameters: [] };
  expect(() => checkValues([...parameters, parameterOf('pod')], { 'x\n': 'a', it: 'A"' })).toThrow(
    /^"x\\n" is no parameter of this query; node is missing; it "A\\"" is not a Kubernetes name/,
  );
});

test('what every object inherits is no value, and no parameter', () => {
  const [parameter] = [{ ...parameterOf('choice'), choices: { client: 'x' } }];
  expect(problemOf(parameter as Parameter, 'constructor')).toBe('it "constructor" is not one of client');
  expect(checkValues([{ ...parameterOf('pod'), name: 'constructor' }], {})).toEqual({});
});

test('a choice stands for its part of the text, a default for what was not given', () => {
  const query = findQuery('Q48');
  expect(query?.text({ by: 'minute' })).toContain('as kinds by bin(1m)\n');
  expect(query?.text({})).toContain('as kinds by userAgent as ua, user.username as who\n');
});

test('a line without its value is left out', () => {
  const query = findQuery('eviction-timeline');
  expect(query?.text({ pod: 'web-0' }).split('\n').slice(2, 5)).toEqual([
    '| filter objectRef.resource = "pods" and objectRef.subresource = "eviction" and verb = "create"',
    '| filter objectRef.name = "web-0"',
    '| sort @timestamp asc',
  ]);
});
