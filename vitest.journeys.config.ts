import { defineConfig } from 'vitest/config';

// Journeys share one browser and one machine: one file at a time, and in it at most two of those that say that they may run together.
export default defineConfig({
  test: { include: ['tests/journeys/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000, pool: 'forks', fileParallelism: false, maxConcurrency: 2 },
});
