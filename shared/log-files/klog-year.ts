const dayMs = 86_400_000;

/**
 * klog writes month and day without the year: `I1121 22:40:12.123456`, in the component's zone, which is UTC in a control plane. Its
 * instant is the last such day before the file was written last; the days between the years belong to the year before.
 * https://github.com/kubernetes/klog/blob/main/klog.go
 */
export function klogInstants(modifiedMs: number): (line: string) => number {
  // A clock that is ahead, or a zone that is: a day after the file was written is still this year's.
  const latestMs = modifiedMs + dayMs;
  let [known, midnightMs] = ['', Number.NaN];
  return (line) => {
    const [, date, hours, minutes, seconds, fraction] = header.exec(line) ?? [];
    if (date === undefined) return Number.NaN;
    if (date !== known) [known, midnightMs] = [date, latestMidnight(date, latestMs)];
    const timeMs = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
    return midnightMs + timeMs + Math.floor(Number(fraction) / 1000);
  };
}

const header = /^[IWEF](\d{4}) (\d\d):(\d\d):(\d\d)\.(\d{6}) +\d+ [^\s\]]+:\d+\]/;

export const isKlog = (line: string) => header.test(line);

/** The 29th of February may be seven years back. NaN: there is no such day. */
function latestMidnight(date: string, latestMs: number): number {
  const [month, day] = [Number(date.slice(0, 2)) - 1, Number(date.slice(2))];
  const latestYear = new Date(latestMs).getUTCFullYear();
  for (let year = latestYear; year > latestYear - 9; year--) {
    const midnight = new Date(Date.UTC(year, month, day));
    const exists = midnight.getUTCMonth() === month && midnight.getUTCDate() === day;
    if (exists && midnight.getTime() <= latestMs) return midnight.getTime();
  }
  return Number.NaN;
}
