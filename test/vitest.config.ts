// One configuration for every suite. HTTP beyond loopback is closed by kit/closed-network.ts; each test file runs in its own process.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    setupFiles: ['test/kit/closed-network.ts'],
    reporters: ['default', 'test/kit/closing-line.ts'],
  },
})
