/** Headers that say who is asking. `force`: not from a cache, the last ones were refused. */
export type Auth = (force?: boolean) => Promise<Readonly<Record<string, string>>>;

/**
 * Headers for the next request; with those of a request that was refused (401), others. Fifty requests refused at the same
 * time cause one renewal, not fifty.
 */
export function renewedHeaders(auth: Auth): (refused?: Readonly<Record<string, string>>) => ReturnType<Auth> {
  let renewal: ReturnType<Auth> | undefined;
  return async (refused) => {
    const current = await auth();
    if (!refused || current.authorization !== refused.authorization) return current;
    renewal ??= auth(true).finally(() => {
      renewal = undefined;
    });
    return renewal;
  };
}
