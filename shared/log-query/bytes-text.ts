const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** In the largest unit of a thousand that leaves a number of at least 1, for example `12.3 GB`. */
export function bytesText(bytes: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const number = bytes / 1000 ** power;
  return `${power === 0 ? number : number.toFixed(1)} ${units[power]}`;
}
