import { dirname } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Apart from `npm test`: they need a browser, and what is measured in it needs a quiet machine. */
export default defineConfig({
  root: dirname(dirname(import.meta.dirname)),
  test: {
    include: ['test/browser/**/*.browser.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
