import type { Stream } from '../log-insights/query.ts';
import type { LogEvent } from '../log-insights-ql/log-event.ts';
import { documentEvents, opensDocument } from './json-document.ts';
import { formatOfLine, instantsOf, type LineFormat, withoutExportTime } from './line-format.ts';
import { LogFileError, OtherLogError, shown } from './log-file-error.ts';
import { kindOfStream, type LogKind, streamOf } from './log-kind.ts';
import { notThisLog, recogniseLog } from './recognise-log.ts';
import { splitLines } from './split-lines.ts';
import { unpack } from './unpack.ts';

/** What was in a file. Lines that are no event are counted; in a file that is one JSON value they are the numbers of its events. */
export interface FileRead {
  /** Unpacked. */
  bytes: number;
  broken: { count: number; firstLines: number[] };
  /** Why there is no more of it. */
  cutOff?: string;
  /** It has no line at all. */
  isEmpty: boolean;
}

export interface FileToRead {
  path: string;
  source: AsyncIterable<Uint8Array>;
  /** Milliseconds since the epoch: the year of lines that do not say it. */
  modifiedMs: number;
  /** Whose log it is, if somebody said so. */
  said?: Stream;
  /** Of these alone events are taken; none: all. */
  wanted: readonly Stream[];
}

/** More line numbers than anyone looks up. */
const shownLines = 20;
/** Lines that tell what a file is. */
const sampleLines = 200;
/** In bytes. An event of the audit log may hold an object of etcd's 1.5 MB twice; a document is read whole. */
const [longestLine, longestDocument] = [64 * 1024 ** 2, 256 * 1024 ** 2];
/** What belongs to the line before: the steps of a trace, a stack. */
const continued = /^(?:\s|Trace\[|goroutine \d)/;

/** Reads a file to its end, and hands over its events; `take` answers whether an event was whole. @throws LogFileError */
export async function readLogFile(
  { path, source, modifiedMs, said, wanted }: FileToRead,
  take: (event: LogEvent) => boolean,
): Promise<FileRead> {
  const read: FileRead = { bytes: 0, broken: { count: 0, firstLines: [] }, isEmpty: true };
  const markBroken = (line: number) => {
    if (++read.broken.count <= shownLines) read.broken.firstLines.push(line);
  };
  const isWanted = (kind: LogKind) => wanted.length === 0 || wanted.some((stream) => stream === kind);

  let document: string[] | undefined;
  let documentLength = 0;
  let sample: { line: string; number: number }[] = [];
  let takeLine: ((line: string, number: number) => void) | undefined;
  const begin = () => {
    const lines = sample.map(({ line }) => line);
    const { format, kind } = recogniseLog(lines, path, said);
    if (!isWanted(kind)) throw notThisLog(path, kind, wanted);
    takeLine = lineTaker(format, modifiedMs, { path, stream: streamOf(path, kind), take, markBroken });
    for (const { line, number } of sample) takeLine(line, number);
    sample = [];
  };
  const splitter = splitLines(
    (line, number) => {
      if (takeLine) return takeLine(line, number);
      if (document) {
        documentLength += line.length;
        if (documentLength > longestDocument) throw new LogFileError(`${shown(path)} is too large to be read at once`);
        document.push(line);
        return;
      }
      const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
      if (text.trim() === '') return;
      read.isEmpty = false;
      if (sample.length === 0 && opensDocument(text)) document = [text];
      else if (sample.push({ line: text, number }) >= sampleLines) begin();
    },
    { longest: longestLine, tooLong: markBroken },
  );
  const cutOff = await unpack(source, (piece) => {
    if (read.bytes === 0 && piece.includes(0)) throw new OtherLogError(`${shown(path)} is no log: it is not text`);
    read.bytes += piece.length;
    splitter.push(piece);
  });
  splitter.end();
  if (cutOff !== undefined) read.cutOff = cutOff;
  if (sample.length > 0) begin();
  if (document) takeDocument(document.join('\n'));
  return read;

  function takeDocument(text: string): void {
    const { events, cutOff: end } = documentEvents(text, shown(path));
    if (end !== undefined) read.cutOff ??= end;
    let other: LogKind | undefined;
    let taken = 0;
    for (const { index, timestampMs, message, stream } of events) {
      const kind = (stream === undefined ? undefined : kindOfStream(stream)) ?? said ?? kindOfMessage(message);
      if (Number.isNaN(timestampMs) || !kind) markBroken(index);
      else if (!isWanted(kind)) other = kind;
      else {
        taken++;
        const logStream = stream ?? streamOf(path, kind);
        if (!take({ timestampMs, message, logStream, ptr: `${path}:${index}` })) markBroken(index);
      }
    }
    if (other && taken === 0) throw notThisLog(path, other, wanted);
  }
}

function kindOfMessage(message: string): LogKind | undefined {
  const format = formatOfLine(message);
  return format === 'audit' || format === 'cloudtrail' ? format : format === 'logfmt' ? 'authenticator' : undefined;
}

function lineTaker(
  format: LineFormat,
  modifiedMs: number,
  to: { path: string; stream: string; take: (event: LogEvent) => boolean; markBroken: (line: number) => void },
): (line: string, number: number) => void {
  const { path, stream, take, markBroken } = to;
  const instantOf = instantsOf(format, modifiedMs);
  const isText = format === 'klog' || format === 'logfmt';
  let lastMs = Number.NaN;
  return (line, number) => {
    if (line === '') return;
    const { line: message, exportedMs } = withoutExportTime(line);
    let timestampMs = instantOf(message);
    // An export of a text log says the time of every event of it, be it written as it may.
    if (exportedMs !== undefined && (isText || !Number.isNaN(timestampMs))) timestampMs = exportedMs;
    if (Number.isNaN(timestampMs) && isText && continued.test(message)) timestampMs = lastMs;
    if (Number.isNaN(timestampMs)) return markBroken(number);
    lastMs = timestampMs;
    if (!take({ timestampMs, message, logStream: stream, ptr: `${path}:${number}` })) markBroken(number);
  };
}
