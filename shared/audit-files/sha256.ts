import { createHash } from 'node:crypto';
import type { Hashing } from '../audit/result.ts';

export const hashing: Hashing = { sha256: (text) => createHash('sha256').update(text).digest('hex') };
