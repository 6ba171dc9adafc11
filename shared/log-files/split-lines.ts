/** Takes the bytes of a text piece by piece, and gives its lines; `end` after the last. */
export interface LineSplitter {
  push(piece: Uint8Array): void;
  end(): void;
}

const [lineFeed, carriageReturn] = [10, '\r'];

/** Lines without their ends, the last one too if nothing ends it; one of more than `longest` bytes before the piece that ends it is left out, its number given to `tooLong`. */
export function splitLines(
  take: (line: string, number: number) => void,
  { longest, tooLong }: { longest: number; tooLong: (number: number) => void },
): LineSplitter {
  let rest: Uint8Array[] = [];
  let restBytes = 0;
  let skips = false;
  let number = 0;
  const takeAll = (bytes: Buffer) => {
    // Decoded at once, and cut then: a call for each line would take longer.
    for (const line of bytes.toString('utf8').split('\n'))
      take(line.endsWith(carriageReturn) ? line.slice(0, -1) : line, ++number);
  };
  const keep = (piece: Uint8Array) => {
    restBytes += piece.length;
    if (restBytes > longest) [skips, rest] = [true, []];
    // Whoever gave the piece may write over it.
    else if (piece.length > 0) rest.push(Buffer.from(piece));
  };
  const forget = () => {
    [rest, restBytes, skips] = [[], 0, false];
  };
  return {
    push: (piece) => {
      const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      let from = 0;
      if (skips) {
        const end = bytes.indexOf(lineFeed);
        if (end < 0) return;
        tooLong(++number);
        forget();
        from = end + 1;
      }
      const last = bytes.lastIndexOf(lineFeed);
      if (last >= from) {
        const lines = bytes.subarray(from, last);
        takeAll(rest.length > 0 ? Buffer.concat([...rest, lines]) : lines);
        forget();
        from = last + 1;
      }
      keep(bytes.subarray(from));
    },
    end: () => {
      if (skips) tooLong(++number);
      else if (restBytes > 0) takeAll(Buffer.concat(rest));
      forget();
    },
  };
}
