import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 120_000,
    include: [
      'src/**/*.test.{ts,tsx}',
      'test/**/*.test.ts',
      'scripts/**/*.test.ts',
      'bench/**/*.test.ts',
      'sdk/test/*.test.ts',
      'extensions/medusa/src/**/*.test.ts',
    ],
    globalSetup: ['test/support/global-setup.ts'],
  },
});
