import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory of logs that goes with the test; answers the path of a file in it. */
export function logFolder(files: Record<string, string | Uint8Array>, modified = '2026-11-22T00:00:00Z') {
  const folder = mkdtempSync(join(tmpdir(), 'enl-logs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    utimesSync(path, new Date(modified), new Date(modified));
  }
  return (name = '') => join(folder, name);
}

/** An event of the audit log, `seconds` after 22:40. */
export const auditLine = (verb: string, seconds = 0) =>
  JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    stage: 'ResponseComplete',
    verb,
    user: { username: 'ann' },
    stageTimestamp: new Date(Date.UTC(2026, 10, 21, 22, 40, seconds, 123)).toISOString().replace('Z', '456Z'),
  });

export const schedulerLine =
  'I1121 22:40:12.123456   25355 schedule_one.go:1003] "Unable to schedule pod; no fit; waiting" pod="shop/web-1" err="0/3 nodes are available: 3 Too many pods."';
export const serverLine =
  'W1121 22:40:13.500000   25133 dispatcher.go:225] Failed calling webhook, failing open check.example.com: failed calling webhook "check.example.com": context deadline exceeded';
export const controllerLine =
  'I1121 22:40:14.614297   25354 node_lifecycle_controller.go:402] "Controller will reconcile labels" logger="node-lifecycle-controller"';

/** Lines of a file. */
export const text = (...lines: string[]) => lines.map((line) => `${line}\n`).join('');
