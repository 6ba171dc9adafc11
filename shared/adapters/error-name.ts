/** The service's own code for an error, as AWS SDK clients carry it in `name`. */
export function isNamed(error: unknown, ...names: string[]): error is Error {
  return error instanceof Error && names.includes(error.name);
}
