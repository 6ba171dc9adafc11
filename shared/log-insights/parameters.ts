import * as z from 'zod';

/** What the values of a parameter may be. */
interface Kind {
  /** In words, for an error and the page. */
  allows: string;
  schema: z.ZodType<string>;
}

const text = (maxLength: number, form: RegExp) => z.string().max(maxLength).regex(form);

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const userName = /^[A-Za-z0-9][A-Za-z0-9:._@+=,-]*$/;
const principalArn =
  /^arn:aws[a-z-]*:(?:iam|sts)::\d{12}:(?:user|role|assumed-role|federated-user)(?:\/[A-Za-z0-9_+=,.@-]+)+$/;

const nameOfObject: Kind = {
  allows: 'a Kubernetes name: lower-case letters, digits, "-" and ".", at most 253 characters',
  schema: text(253, subdomain),
};

/**
 * Kubernetes names are those of DNS (RFC 1123): https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 * What can end a string of the query language, a command or a line of it, is in none of them. A `user` may be the ARN that an access entry
 * names its user by, the only value with slashes: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export const kinds = {
  node: nameOfObject,
  pod: nameOfObject,
  namespace: {
    allows: 'the name of a namespace: lower-case letters, digits and "-", at most 63 characters',
    schema: text(63, label),
  },
  user: {
    allows: 'a user name of letters, digits and ":._@+=,-", or the ARN of an IAM principal, at most 512 characters',
    schema: z.union([text(512, userName), text(512, principalArn)]),
  },
  role: {
    allows: 'the name of a role: letters, digits and ":._-", at most 253 characters',
    schema: text(253, /^[A-Za-z0-9][A-Za-z0-9:._-]*$/),
  },
  minutes: {
    allows: 'whole minutes from 1 to 10080 (a week)',
    schema: text(5, /^[1-9]\d*$/).refine((value) => Number(value) <= 10_080),
  },
  choice: { allows: 'one of its choices', schema: text(20, /^[a-z]+$/) },
} as const satisfies Record<string, Kind>;

export interface Parameter {
  /** What it is called in a text and on a command line. */
  name: string;
  kind: keyof typeof kinds;
  description: string;
  /** One that is neither required nor has a default narrows: without a value its line is left out. */
  required?: true;
  default?: string;
  /** Of a `choice`: what each puts into the text. */
  choices?: Readonly<Record<string, string>>;
}

/** By the names of parameters. */
export type Values = Readonly<Record<string, string>>;

/** All that is wrong with what was given for a query's parameters. */
export class ParameterError extends Error {
  override readonly name = 'ParameterError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.problems = problems;
  }
}

/** Why `value` may not enter a query. It is shown as JSON, so that what it hides can be seen. */
export function problemOf({ name, kind, choices }: Parameter, value: string): string | undefined {
  const { allows: ofKind, schema } = kinds[kind];
  const isChoice = !choices || Object.hasOwn(choices, value);
  if (schema.safeParse(value).success && isChoice) return undefined;
  const allows = choices ? `one of ${Object.keys(choices).join(', ')}` : ofKind;
  const shown = value.length > 80 ? `${JSON.stringify(value.slice(0, 80))}…` : JSON.stringify(value);
  return `${name} ${shown} is not ${allows}`;
}

/** What goes into a text: the values with the defaults, and what a choice stands for. @throws ParameterError with every problem at once */
export function checkValues(parameters: readonly Parameter[], given: Values): Values {
  const known = new Set(parameters.map(({ name }) => name));
  const unknown = Object.keys(given).filter((name) => !known.has(name));
  const givenOr = (parameter: Parameter) =>
    Object.hasOwn(given, parameter.name) ? given[parameter.name] : parameter.default;
  const problems = parameters.flatMap((parameter) => {
    const value = givenOr(parameter);
    if (value === undefined) return parameter.required ? [`${parameter.name} is missing`] : [];
    return problemOf(parameter, value) ?? [];
  });
  const all = [...unknown.map((name) => `${JSON.stringify(name)} is no parameter of this query`), ...problems];
  if (all.length > 0) throw new ParameterError(all);
  return Object.fromEntries(
    parameters.flatMap((parameter) => {
      const value = givenOr(parameter);
      return value === undefined ? [] : [[parameter.name, parameter.choices?.[value] ?? value]];
    }),
  );
}
