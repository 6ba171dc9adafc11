import { defineConfig } from 'vitest/config';

/** The tests beside what is mutated; Vitest's related tests would be all that import it, from anywhere. */
export default defineConfig({
  test: {
    include: [`test/${process.env.TESTS_OF}/**/*.test.ts`],
    environment: 'node',
    // Each mutant is a run of its own already.
    isolate: false,
    setupFiles: ['test/mutation/fixed-seed.ts'],
    unstubEnvs: true,
    restoreMocks: true,
  },
});
