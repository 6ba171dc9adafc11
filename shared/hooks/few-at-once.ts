/** The answers in the order of the questions, with at most so many under way. Rejects with the first failure, and asks no more after it. */
export async function fewAtOnce<T, R>(
  most: number,
  questions: readonly T[],
  ask: (question: T) => Promise<R>,
): Promise<R[]> {
  const answers: R[] = [];
  const left = [...questions.entries()];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) answers[next[0]] = await ask(next[1]);
  };
  const working = Array.from({ length: most }, work);
  try {
    await Promise.all(working);
    return answers;
  } finally {
    left.length = 0;
  }
}
