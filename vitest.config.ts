import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Most of the long tests wait for processes: two at a time even where there are but two cores.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{unit,conformance,simulator}/**/*.test.ts'],
          pool: 'threads',
          isolate: false,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/{integration,e2e}/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 30_000,
        },
      },
      {
        // Wants a ZooKeeper of the system's: not in `npm test`, for which npm's packages suffice.
        test: {
          name: 'zookeeper',
          include: ['test/zookeeper/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
