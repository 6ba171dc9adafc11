import type { PodPicture } from './drain-picture.ts';

/** What a pod came to, for a person. */
export function podEnd({ evictedAt, past, deletedAt, isGone }: PodPicture): string {
  if (past === 'refusal') return 'deleted past its refusal';
  if (past === 'unasked') return 'deleted unasked';
  if (evictedAt !== undefined) return deletedAt === undefined ? 'evicted' : 'evicted, then deleted';
  return isGone ? 'gone before' : 'left';
}
