import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSnapshot } from '../../../shared/audit-files/write-snapshot.ts';
import { everyCheck } from './every-check.ts';

// node test/audit/snapshots/write.ts
writeFileSync(join(import.meta.dirname, 'every-check.json'), writeSnapshot(everyCheck));
