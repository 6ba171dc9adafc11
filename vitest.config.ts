import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    // The default leaves a core idle; the machine has nothing else to do meanwhile.
    maxWorkers: '100%',
    unstubEnvs: true,
    restoreMocks: true,
  },
});
