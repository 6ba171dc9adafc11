import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import { numberOf, type Value } from './value.ts';

/** A function of a query: how many arguments it takes, and its value for theirs. */
export interface ScalarFunction {
  least: number;
  most: number;
  apply(args: Value[]): Value;
}

const one = (least: number, most: number, apply: (...args: Value[]) => Value): ScalarFunction => ({
  least,
  most,
  apply: (args) => apply(...args),
});

/** Missing, or no number: the result is missing. */
const ofNumber = (apply: (number: number) => number) =>
  one(1, 1, (value) => {
    const number = numberOf(value ?? null);
    const result = number === null ? Number.NaN : apply(number);
    return Number.isFinite(result) ? result : null;
  });

const ofText = (least: number, most: number, apply: (text: string, ...rest: Value[]) => Value) =>
  one(least, most, (value, ...rest) => (value === null || value === undefined ? null : apply(String(value), ...rest)));

const extreme = (choose: (...numbers: number[]) => number): ScalarFunction => ({
  least: 1,
  most: Number.POSITIVE_INFINITY,
  apply: (args) => {
    const numbers = args.map(numberOf).filter((number) => number !== null);
    return numbers.length > 0 ? choose(...numbers) : null;
  },
});

const setOf = (characters: Value | undefined) =>
  new Set(characters === undefined ? ' \t\r\n' : String(characters ?? ''));

function trimmed(text: string, characters: Value | undefined, [left, right]: [boolean, boolean]): string {
  const set = setOf(characters);
  let [start, end] = [0, text.length];
  while (left && start < end && set.has(text[start] as string)) start++;
  while (right && end > start && set.has(text[end - 1] as string)) end--;
  return text.slice(start, end);
}

function isInSubnet(address: string, subnet: Value | undefined, family: 'any' | 'ipv4' | 'ipv6'): boolean {
  const [network = '', prefix = ''] = String(subnet ?? '').split('/');
  const type = isIPv4(network) ? 'ipv4' : 'ipv6';
  if (!isIP(network) || !isIP(address) || !/^\d+$/.test(prefix) || (family !== 'any' && family !== type)) return false;
  if (Number(prefix) > (type === 'ipv4' ? 32 : 128) || isIP(address) !== isIP(network)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), type);
  return list.check(address, type);
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html */
export const functions: Record<string, ScalarFunction> = {
  abs: ofNumber(Math.abs),
  ceil: ofNumber(Math.ceil),
  floor: ofNumber(Math.floor),
  log: ofNumber(Math.log),
  sqrt: ofNumber(Math.sqrt),
  greatest: extreme(Math.max),
  least: extreme(Math.min),
  ispresent: one(1, 1, (value) => Number(value !== null)),
  coalesce: { least: 1, most: Number.POSITIVE_INFINITY, apply: (args) => args.find((value) => value !== null) ?? null },
  isempty: one(1, 1, (value) => Number(value === null || value === '')),
  isblank: one(1, 1, (value) => Number(value === null || String(value).trim() === '')),
  concat: { least: 1, most: Number.POSITIVE_INFINITY, apply: (args) => args.map((value) => value ?? '').join('') },
  trim: ofText(1, 2, (text, characters) => trimmed(text, characters, [true, true])),
  ltrim: ofText(1, 2, (text, characters) => trimmed(text, characters, [true, false])),
  rtrim: ofText(1, 2, (text, characters) => trimmed(text, characters, [false, true])),
  strlen: ofText(1, 1, (text) => [...text].length),
  toupper: ofText(1, 1, (text) => text.toUpperCase()),
  tolower: ofText(1, 1, (text) => text.toLowerCase()),
  substr: ofText(2, 3, (text, start, length) => {
    const from = numberOf(start ?? null) ?? 0;
    return text.slice(from, length === undefined ? undefined : from + (numberOf(length) ?? 0));
  }),
  replace: ofText(3, 3, (text, search, by) => text.replaceAll(String(search ?? ''), () => String(by ?? ''))),
  strcontains: ofText(2, 2, (text, part) => Number(part !== null && text.includes(String(part)))),
  tomillis: ofNumber((instant) => instant),
  frommillis: ofNumber((instant) => instant),
  isvalidip: ofText(1, 1, (text) => Number(isIP(text) !== 0)),
  isvalidipv4: ofText(1, 1, (text) => Number(isIPv4(text))),
  isvalidipv6: ofText(1, 1, (text) => Number(isIPv6(text))),
  isipinsubnet: ofText(2, 2, (text, subnet) => Number(isInSubnet(text, subnet, 'any'))),
  isipv4insubnet: ofText(2, 2, (text, subnet) => Number(isInSubnet(text, subnet, 'ipv4'))),
  isipv6insubnet: ofText(2, 2, (text, subnet) => Number(isInSubnet(text, subnet, 'ipv6'))),
};

/** Functions whose value is an instant whenever they are given one. */
export const keepsInstants = new Set(['coalesce', 'min', 'max', 'earliest', 'latest', 'datefloor', 'dateceil']);
