import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newLogs, samples } from './logs.ts';
import { shorten } from './shorten.ts';

/** `node test/audit-log/record.ts` writes test/samples anew from a control plane of its own. */
const { audit, apiServer, scheduler, acts, podsOn } = shorten(await newLogs());
const files = {
  'audit.log': audit,
  'audit-acts.json': `${JSON.stringify({ podsOn, acts })}\n`,
  'kube-apiserver.log': apiServer,
  'kube-scheduler.log': scheduler,
};
for (const [name, text] of Object.entries(files)) {
  writeFileSync(join(samples, name), text);
  process.stdout.write(`${name}: ${text.length} characters\n`);
}
process.exit(0);
