// The workflows and the update bot name scripts, settings and versions that exist; nobody runs them before they are pushed.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { neededMajor } from '../../src/needed-node.mjs'
import { settings } from '../dates/settings.ts'

interface Job {
  readonly strategy?: { readonly matrix: Record<string, readonly string[]> }
  readonly steps: readonly { readonly run?: string; readonly uses?: string; readonly with?: Record<string, unknown> }[]
}

const read = (file: string): string => readFileSync(path.resolve(import.meta.dirname, '../..', file), 'utf8')
const jobsOf = (name: string): Record<string, Job> => (parse(read(`.github/workflows/${name}.yml`)) as { jobs: Record<string, Job> }).jobs
const workflows = { ci: jobsOf('ci'), weekly: jobsOf('weekly') }
const jobs = Object.values(workflows).flatMap((each) => Object.values(each))
const { scripts, devDependencies } = JSON.parse(read('package.json')) as Record<'scripts' | 'devDependencies', Record<string, string>>

/** Every command of a job, once for each value of its matrix. */
const commandsOf = ({ steps, strategy }: Job): string[] =>
  Object.entries(strategy?.matrix ?? {}).reduce<string[]>(
    (commands, [name, values]) => [
      ...new Set(commands.flatMap((command) => values.map((value) => command.replaceAll(`\${{ matrix.${name} }}`, value)))),
    ],
    steps.flatMap(({ run }) => run ?? []),
  )

describe('workflows', () => {
  it('run scripts of package.json, and none with a gap left in it', () => {
    const commands = jobs.flatMap(commandsOf)
    const named = commands.flatMap((command) =>
      [...command.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map((match) => match[1] as string),
    )
    expect(named).toEqual(expect.arrayContaining(['check', 'test:unit', 'test:dates', 'test:full', 'test:kill', 'test:soak', 'bench']))
    expect(named.filter((name) => !(name in scripts))).toEqual([])
    expect(commands.filter((command) => command.includes('${{'))).toEqual([])
  })

  it('use the Node the project needs', () => {
    const versions = jobs.flatMap(({ steps }) => steps.flatMap((step) => step.with?.['node-version'] ?? []))
    expect(new Set(versions)).toEqual(new Set([neededMajor]))
  })

  it('run the tests under every setting of test:dates', () => {
    expect(workflows.weekly.dates?.strategy?.matrix.setting).toEqual(settings.map(({ name }) => name))
  })

  it('leave out no shard', () => {
    const shards = workflows.ci.rest?.strategy?.matrix.shard ?? []
    expect(shards).toEqual(shards.map((_, index) => `${index + 1}/${shards.length}`))
    expect(shards.length).toBeGreaterThan(1)
  })
})

describe('the update bot', () => {
  it('keeps emulate where package.json has it, with the reason', () => {
    const { packageRules } = JSON.parse(read('.github/renovate.json')) as {
      packageRules: { matchPackageNames?: string[]; allowedVersions?: string; description: string }[]
    }
    const rule = packageRules.find(({ matchPackageNames }) => matchPackageNames?.includes('emulate'))
    expect(rule?.allowedVersions).toBe(devDependencies.emulate)
    expect(rule?.description).toContain('another author')
  })
})
