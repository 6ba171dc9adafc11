/**
 * Awaits the work and says in the error what was being done: a gerund that names its object, for example `describing group
 * workers`. Throws the signal's own reason when that is what ended the work, otherwise an Error whose `cause` is the original.
 */
export async function during<T>(what: string, signal: AbortSignal, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    signal.throwIfAborted();
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new Error(`${what}: ${text}`, { cause: error });
  }
}
