import * as z from 'zod/mini';

/** Each field of an answer's type, so that one without its shape does not compile. */
export type Shape<T> = Record<keyof T, z.ZodMiniType>;

export const { optional } = z;
export const text = z.string();
export const count = z.int().check(z.gte(0));
