import { dirname } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Apart from `npm test`: they need a server that is not of this project, and Python for it. */
export default defineConfig({
  root: dirname(dirname(import.meta.dirname)),
  test: {
    include: ['test/moto/**/*.moto.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
