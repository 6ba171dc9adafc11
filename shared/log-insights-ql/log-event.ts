/** One event of a log, as CloudWatch keeps it: `ptr` names it (a file and line here), the message is the whole line. */
export interface LogEvent {
  timestampMs: number;
  message: string;
  logStream: string;
  ptr: string;
}
