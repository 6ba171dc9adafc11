import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    // The default leaves a core idle; the machine has nothing else to do meanwhile.
    maxWorkers: '100%',
    // Long enough for a busy machine: no test waits for it.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    unstubEnvs: true,
    restoreMocks: true,
    // With --coverage: the core, by the tests beside it alone.
    coverage: {
      provider: 'v8',
      include: ['shared/lifecycle/**/*.ts'],
      reporter: ['text', 'html'],
      reportsDirectory: 'coverage/lifecycle',
      skipFull: true,
      thresholds: { 100: true, perFile: true },
    },
  },
});
