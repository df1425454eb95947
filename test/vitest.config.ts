// One configuration for every suite; which file belongs to which project is in projects.ts. HTTP beyond loopback is closed by
// kit/closed-network.ts. `--mode full` runs every random case instead of a tenth.
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { whyNotThisNode } from '../src/needed-node.mjs'
import type {} from './kit/cases.ts'
import { LongestFirst } from './kit/longest-first.ts'
import type {} from './kit/store.ts'
import { type ProjectName, projects, sortTests } from './projects.ts'

const tooOld = whyNotThisNode(process.versions.node, path.resolve(import.meta.dirname, '..'))
if (tooOld) {
  console.error(tooOld)
  process.exit(1)
}

const sorted = sortTests()

/** What differs from the tests of a process of their own that may use a database. */
const settings: Readonly<Partial<Record<ProjectName, object>>> = {
  unit: {
    // A new test is a unit test until the next start sorts it.
    include: ['test/**/*.test.ts'],
    exclude: [...sorted].flatMap(([name, files]) => (name === 'unit' ? [] : files)),
    setupFiles: ['test/kit/closed-process.ts'],
    globalSetup: [],
    isolate: false,
  },
  edges: { globalSetup: [] },
}

export default defineConfig(({ mode }) => ({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    pool: 'forks',
    // Young objects die here before they are collected: a tenth of a worker's processor time. What a test forks inherits both.
    // Nor does the embedded database run long enough in any of them to be worth compiling better than V8 does at first.
    execArgv: ['--max-semi-space-size=64', '--liftoff-only', '--import', new URL('../src/quick-packages.mjs', import.meta.url).href],
    // Files share processes: starting one and loading the product takes two seconds of processor time. Nothing may be left to the next file.
    isolate: false,
    // Node loads the files, as it does for the service. Vite's loader makes every imported name a property, which takes a sixth more processor
    // time; it knows what to load anew when a file is saved.
    experimental: process.argv.includes('run') ? { viteModuleRunner: false, nodeLoader: false } : {},
    // As the service runs. React is several times as fast then, which draws the demo's page.
    env: {
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: path.resolve(import.meta.dirname, '../node_modules/.cache/gong-digest/compiled'),
    },
    // One more than processors: some tests wait, for a process to end or for a second to pass.
    maxWorkers: Math.min(8, availableParallelism() + 1),
    // Only what hangs ends by these: a test says the same on a machine as busy as it may be.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 240_000, interval: 50 } },
    provide: mode === 'full' ? { shareOfCases: 1, usualDatabase: 'embedded' } : { shareOfCases: 0.1, usualDatabase: 'postgres' },
    sequence: { sequencer: LongestFirst },
    reporters: ['default', 'test/kit/closing-line.ts'],
    projects: projects
      .filter(({ name }) => (sorted.get(name) ?? []).length > 0)
      .map(({ name }) => ({
        extends: true,
        test: {
          name,
          include: [...(sorted.get(name) ?? [])],
          setupFiles: ['test/kit/closed-network.ts'],
          globalSetup: ['test/kit/shared-postgres.ts'],
          ...settings[name],
        },
      })),
  },
}))
