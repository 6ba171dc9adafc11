import * as z from 'zod';

const expected =
  'expected rate(1 day), rate(12 hours) and the like, or cron(minutes hours day-of-month month day-of-week year)';
const days = 'SUN MON TUE WED THU FRI SAT'.split(' ');
const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const hoursOf = { minute: 1 / 60, hour: 1, day: 24 } as const;

/** One field of a cron expression: its numbers or their names, and what else may stand there alone. */
interface CronField {
  least: number;
  most: number;
  names?: readonly string[];
  alone?: RegExp;
}

const cronFields: readonly CronField[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31, alone: /^(\?|L|LW|L-([1-9]|[12]\d|30)|([1-9]|[12]\d|3[01])W)$/ },
  { least: 1, most: 12, names: months },
  { least: 1, most: 7, names: days, alone: /^(\?|L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/ },
  { least: 1970, most: 2199 },
];

/** An expression that repeats, as EventBridge Scheduler takes it: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export const repeatedly = z
  .string(expected)
  .refine((text) => hoursBetween(text) !== undefined || isCron(text), expected);

/** As IANA calls it. */
export const timezone = z.string('expected the name of a time zone').refine((name) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name })) && /^[A-Za-z]/.test(name);
  } catch {
    return false; // no such time zone
  }
}, 'expected the name of a time zone, for example Europe/Berlin');

/** Between two runs of a rate; undefined: it is none. */
export function hoursBetween(text: string): number | undefined {
  const [, digits = '', unit = '', plural] = /^rate\(([1-9]\d{0,4}) (minute|hour|day)(s?)\)$/.exec(text) ?? [];
  if (digits === '' || (digits === '1') !== (plural === '')) return undefined;
  return Number(digits) * hoursOf[unit as keyof typeof hoursOf];
}

function isCron(text: string): boolean {
  const [, inside = ''] = /^cron\((.*)\)$/.exec(text) ?? [];
  const parts = inside.split(' ');
  const [, , dayOfMonth, , dayOfWeek] = parts;
  // One of the two days says when, the other that it has no say.
  if (parts.length !== cronFields.length || (dayOfMonth === '?') === (dayOfWeek === '?')) return false;
  return cronFields.every((field, at) => isField(parts[at] ?? '', field));
}

function isField(text: string, { least, most, names = [], alone }: CronField): boolean {
  if (alone?.test(text)) return true;
  const isValue = (value: string) => {
    const number = names.includes(value) ? names.indexOf(value) + least : /^\d{1,4}$/.test(value) ? Number(value) : -1;
    return number >= least && number <= most;
  };
  return text.split(',').every((entry) => {
    const [range = '', step, ...rest] = entry.split('/');
    const [from = '', to, ...more] = range.split('-');
    if (rest.length > 0 || more.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/.test(step))) return false;
    return (range === '*' || isValue(from)) && (to === undefined || isValue(to));
  });
}
