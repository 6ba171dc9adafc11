import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Something that comes or goes, as one JSON line to the guardian. */
export interface Entry {
  is: 'add' | 'delete';
  /** A process group, by the PID of its leader. */
  group?: number;
  folder?: string;
}

export interface Guard {
  /** Ended or removed should this process end without having done so; until the returned function is called. */
  over(what: Pick<Entry, 'group'> | Pick<Entry, 'folder'>): () => void;
}

const guardian = fileURLToPath(new URL('guardian.ts', import.meta.url));

/**
 * Starts the process that ends what this one leaves behind, however this one ends, SIGKILL included. Child processes do not end with their
 * parent by themselves, and those that got a process group of their own do not see its Ctrl-C either.
 */
export function startGuard(): Guard {
  const child = spawn(process.execPath, [guardian], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.unref();
  // It was ended by someone: what we start is then ended by ourselves only.
  child.stdin.on('error', () => {});
  const tell = (entry: Entry) => child.stdin.write(`${JSON.stringify(entry)}\n`);
  return {
    over: (what) => {
      tell({ is: 'add', ...what });
      return () => tell({ is: 'delete', ...what });
    },
  };
}
