/** Values that one side pushes and the other reads in its own time. */
export interface Channel<T> extends AsyncIterable<T> {
  push(value: T): void;
  /** What was pushed is still read; then the reading ends, or throws the error. */
  close(error?: unknown): void;
}

export function createChannel<T>(): Channel<T> {
  const waiting: T[] = [];
  let end: { error?: unknown } | undefined;
  let wake = () => {};

  async function* read(): AsyncGenerator<T> {
    for (;;) {
      while (waiting.length > 0) yield waiting.shift() as T;
      if (end?.error !== undefined) throw end.error;
      if (end) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    push: (value) => {
      if (end) return;
      waiting.push(value);
      wake();
    },
    close: (error) => {
      end ??= error === undefined ? {} : { error };
      wake();
    },
    [Symbol.asyncIterator]: read,
  };
}
