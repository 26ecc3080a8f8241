import { defineConfig } from 'vitest/config';

// Journeys share one browser and one machine: one at a time.
export default defineConfig({
  test: { include: ['tests/journeys/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000, pool: 'forks', fileParallelism: false },
});
