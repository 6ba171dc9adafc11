import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** How much is unpacked at a time, in bytes. */
const chunkSize = 64 * 1024;

/**
 * Hands on what a file holds, unpacked if its first bytes are those of gzip (RFC 1952), all its members. Answers why it is not whole
 * (all that came before that was handed on), and throws what `take` throws.
 */
export async function unpack(
  source: AsyncIterable<Uint8Array>,
  take: (piece: Uint8Array) => void,
): Promise<string | undefined> {
  let sink: { write(piece: Uint8Array): Promise<void>; end(): Promise<void> } | undefined;
  let start: Uint8Array = new Uint8Array(0);
  try {
    for await (const piece of source) {
      if (sink) await sink.write(piece);
      else {
        // Standard input may come byte by byte.
        start = start.length === 0 ? piece : Buffer.concat([start, piece]);
        if (start.length < 2) continue;
        sink = start[0] === 0x1f && start[1] === 0x8b ? gunzipInto(take) : plainInto(take);
        await sink.write(start);
      }
    }
    sink ??= plainInto(take);
    if (start.length === 1) await sink.write(start);
    await sink.end();
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('Z_')) throw error;
    return code === 'Z_BUF_ERROR' ? 'the gzip ends in the middle' : `the gzip is damaged (${message})`;
  }
}

const plainInto = (take: (piece: Uint8Array) => void) => ({
  write: async (piece: Uint8Array) => take(piece),
  end: async () => {},
});

/** Each piece is unpacked before the next is given, or an end that is missing would take the last of it along. */
function gunzipInto(take: (piece: Uint8Array) => void) {
  const gunzip = createGunzip({ chunkSize });
  const whole = finished(gunzip);
  // Whoever writes is told of a failure; there may be none.
  whole.catch(() => {});
  gunzip.on('data', (piece: Uint8Array) => {
    try {
      take(piece);
    } catch (error) {
      gunzip.destroy(error as Error);
    }
  });
  return {
    write: async (piece: Uint8Array) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gunzip.write(piece, () => resolve());
      // A piece that cannot be unpacked is never answered.
      await Promise.race([promise, whole]);
      if (gunzip.errored) throw gunzip.errored;
    },
    end: async () => {
      gunzip.end();
      await whole;
    },
  };
}
