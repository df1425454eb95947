// One configuration for every suite. HTTP beyond loopback is closed by kit/closed-network.ts; each test file runs in its own process.
import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { whyNotThisNode } from '../src/needed-node.mjs'

const tooOld = whyNotThisNode(process.versions.node, path.resolve(import.meta.dirname, '..'))
if (tooOld) {
  console.error(tooOld)
  process.exit(1)
}

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
