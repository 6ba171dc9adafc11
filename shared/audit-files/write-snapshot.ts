import type * as z from 'zod';
import type { NetworkSnapshot } from '../audit/network/snapshot.ts';
import { snapshotSchema } from './snapshot-schema.ts';

/**
 * What checks look at, without user data and without what may be a secret: what is judged is the same whether it comes from AWS or from a file.
 * Instants become text, and what is undefined goes. List by list, since all at once takes twice the memory.
 */
export function plainSnapshot(snapshot: NetworkSnapshot): NetworkSnapshot {
  const { shape } = snapshotSchema;
  const plain = Object.entries(snapshot).flatMap(([name, value]) => {
    const schema: z.ZodType | undefined = shape[name as keyof typeof shape];
    return schema === undefined || value === undefined
      ? []
      : [[name, schema.parse(JSON.parse(JSON.stringify(value)))] as const];
  });
  return Object.fromEntries(plain) as unknown as NetworkSnapshot;
}

/** The file of a plain snapshot. */
export function writeSnapshot(snapshot: NetworkSnapshot): string {
  return `${JSON.stringify(plainSnapshot(snapshot), null, 2)}\n`;
}
