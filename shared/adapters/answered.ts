/** A field that the service always sends although its SDK types it as optional. Throws when it is missing after all. */
export function answered<T>(field: string, value: T | undefined): T {
  if (value === undefined) throw new Error(`the answer lacks ${field}`);
  return value;
}
