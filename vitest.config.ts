import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
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
    ],
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
