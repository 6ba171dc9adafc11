import { createReadStream } from 'node:fs';
import type { Stream } from '../log-insights/query.ts';
import type { TimeRange } from '../log-insights/time-range.ts';
import type { LogEvent } from '../log-insights-ql/log-event.ts';
import { findLogFiles, standardInput, whyNot } from './find-log-files.ts';
import { LogFileError, OtherLogError, shown } from './log-file-error.ts';
import { type FileRead, type FileToRead, readLogFile } from './read-log-file.ts';

export interface BrokenFile {
  file: string;
  count: number;
  /** Numbers of the first of them. */
  firstLines: number[];
  /** Why the file has no more lines. */
  cutOff?: string;
}

/** From the first event to the last, in milliseconds since the epoch. */
export interface Span {
  firstMs: number;
  lastMs: number;
}

export interface FileOptions {
  /** Both seconds included. */
  range?: TimeRange;
  /** What `-` stands for, and when it is read, in milliseconds since the epoch. */
  stdin?: { bytes: AsyncIterable<Uint8Array>; nowMs: number };
  /** Whose log the files are, where neither their lines nor their names tell. */
  stream?: Stream;
  /** Told how many bytes there were so far, as they lie there, packed or not. */
  progress?(bytes: number): void;
}

export interface FilesRead {
  /** Unpacked. */
  bytes: number;
  /** Files with lines that are no events, or not whole; the rest of them was taken. */
  broken: BrokenFile[];
  /** Why files that were found in directories are no part of it. */
  passedOver: string[];
  /** Of all events that are there, within the range or not; none: there is no event. */
  span?: Span;
}

/** In bytes. V8 keeps texts from 128 KB on apart from its other objects, which makes all of it slower. */
const pieceSize = 64 * 1024;

/**
 * Logs that lie in files: as the components write them, an export of a log group to S3 (its directory), what the AWS CLI prints, CloudTrail's
 * files; packed or not; each file once, by however many names it is found. `take` is given the events of the range. @throws LogFileError
 */
export async function readLogFiles(
  {
    names,
    streams,
    range,
    stdin,
    stream,
    progress,
  }: FileOptions & { names: readonly string[]; streams: readonly Stream[] },
  take: (event: LogEvent) => boolean,
  signal: AbortSignal,
): Promise<FilesRead> {
  const fromMs = range ? range.startSeconds * 1000 : Number.NEGATIVE_INFINITY;
  const untilMs = range ? (range.endSeconds + 1) * 1000 : Number.POSITIVE_INFINITY;
  const span = { firstMs: Number.POSITIVE_INFINITY, lastMs: Number.NEGATIVE_INFINITY };
  const takeOfRange = (event: LogEvent) => {
    const { timestampMs } = event;
    if (timestampMs < span.firstMs) span.firstMs = timestampMs;
    if (timestampMs > span.lastMs) span.lastMs = timestampMs;
    return timestampMs < fromMs || timestampMs >= untilMs || take(event);
  };
  const broken: BrokenFile[] = [];
  const passedOver: string[] = [];
  let bytes = 0;
  const readOne = async (file: Omit<FileToRead, 'wanted' | 'said'>) => {
    const read = await readLogFile({ ...file, wanted: streams, ...(stream && { said: stream }) }, takeOfRange);
    bytes += read.bytes;
    if (read.broken.count > 0 || read.cutOff !== undefined)
      broken.push({ file: file.path, ...read.broken, ...(read.cutOff !== undefined && { cutOff: read.cutOff }) });
    return read;
  };
  let packedBytes = 0;
  const until = async function* (pieces: AsyncIterable<Uint8Array>) {
    for await (const piece of pieces) {
      signal.throwIfAborted();
      packedBytes += piece.length;
      progress?.(packedBytes);
      yield piece;
    }
  };
  const done = new Set<string>();
  for (const name of new Set(names)) {
    signal.throwIfAborted();
    if (name === standardInput) {
      if (!stdin) throw new LogFileError('there is no standard input to read');
      const source = until(stdin.bytes);
      const { isEmpty } = await readOne({ path: 'standard input', source, modifiedMs: stdin.nowMs });
      if (isEmpty) throw new LogFileError('standard input is empty');
    } else passedOver.push(...(await readName(name, readOne, done, until)));
  }
  signal.throwIfAborted();
  return { bytes, broken, passedOver, ...(span.firstMs <= span.lastMs && { span }) };
}

/** A file, or those of a directory that are what is wanted; those that are `done` not again. Answers why others were passed over. */
async function readName(
  name: string,
  readOne: (file: { path: string; source: AsyncIterable<Uint8Array>; modifiedMs: number }) => Promise<FileRead>,
  done: Set<string>,
  until: (pieces: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
): Promise<string[]> {
  const files = await findLogFiles(name);
  const passedOver: OtherLogError[] = [];
  let read = 0;
  for (const { path, id, modifiedMs, found } of files) {
    if (done.has(id)) {
      read++;
      continue;
    }
    try {
      const { isEmpty, cutOff } = await readOne({ path, modifiedMs, source: until(bytesOf(path)) });
      if (!isEmpty) {
        read++;
        done.add(id);
      } else if (!found) throw new LogFileError(`${shown(path)} is empty${cutOff === undefined ? '' : `: ${cutOff}`}`);
    } catch (error) {
      if (!found || !(error instanceof OtherLogError)) throw error;
      passedOver.push(error);
    }
  }
  if (read > 0) return passedOver.map(({ message }) => message);
  const [first] = passedOver;
  const why = first ? `: ${first.message}` : ': its files are empty';
  throw new LogFileError(`there is no such log in ${shown(name)}${why}`, { cause: first });
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: pieceSize });
  } catch (cause) {
    throw new LogFileError(`${shown(path)} cannot be read: ${whyNot(cause)}`, { cause });
  }
}
