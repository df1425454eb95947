// The map of the rooms, enforced: who may import whom, which package belongs where, and that the README, the manifest and
// .env.example tell what the code does. An unchecked map rots.
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { commands } from '../src/bot/commands/index.ts'
import { variables } from '../src/config/config.ts'

const root = path.resolve(import.meta.dirname, '..')
const sources = globSync('src/**/*.{ts,mjs}', { cwd: root })
  .map((file) => file.replaceAll(path.sep, '/'))
  .sort()
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')

interface Import {
  readonly specifier: string
  /** Nothing of it is left when the code runs. */
  readonly isType: boolean
}

/** What a file imports or re-exports, statically or not. */
function importsWithKind(file: string): Import[] {
  const text = read(file).replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const found = text.matchAll(/\b(?:import|export)\b([^;']*?)\bfrom\s+'([^']+)'|\bimport\s*\(?\s*'([^']+)'/g)
  return [...found].map(([, clause, from, alone]) => ({
    specifier: (from ?? alone) as string,
    isType: clause !== undefined && /^\s+type\b/.test(clause),
  }))
}
const importsOf = (file: string): string[] => importsWithKind(file).map(({ specifier }) => specifier)

/** Files of this repository that `file` imports. */
const filesImportedBy = (file: string): { readonly target: string; readonly isType: boolean }[] =>
  importsWithKind(file)
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier, isType }) => ({ target: path.posix.join(path.posix.dirname(file), specifier), isType }))

/** `src/gong/wire/pages.ts` is in room `gong`; files directly in `src` are rooms of their own. */
const roomOf = (file: string): string => file.split('/')[1] as string

/** Free to use from everywhere: words for failures, the database's trouble, what fails alone, time, logging, yielding, taking turns, bounds of what comes from outside and giving memory back. */
const common = [
  'errors.ts',
  'database-failure.ts',
  'guarded.ts',
  'holds.ts',
  'clock.ts',
  'log.ts',
  'turns.ts',
  'one-reading.ts',
  'one-at-a-time.ts',
  'yielding.ts',
  'json-bounds.ts',
  'bounded-answer.ts',
  'bounded-file.ts',
  'unverified-bodies.ts',
  'memory.ts',
  'domain',
]
/** What the services need of Slack, as interfaces: stated once, implemented in slack/, handed in by app-parts.ts. */
const ports = 'slack-ports.ts'
const everyRoom = [
  'gong',
  'sync',
  'store',
  'stats',
  'render',
  'reports',
  'people',
  'digests',
  'coaching',
  'bot',
  'slack',
  'mcp',
  'schedule',
  'health',
]

/** Rooms whose interfaces may be named, while what stands behind them is handed in. */
const typesOf = (...rooms: readonly string[]): string[] => rooms.map((room) => `types of ${room}`)

/** Files that join the parts. */
const joining = [
  ...common,
  ...everyRoom,
  'options.ts',
  'services.ts',
  'egress.ts',
  'version.ts',
  'listen-problem.ts',
  'closers.ts',
  ports,
  ...typesOf('config'),
]

/** What each room may import. The arrows point one way; a service, a surface or a job is handed the store, it never opens one. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  'errors.ts': [],
  'clock.ts': [],
  'log.ts': ['log-trouble.ts', 'safe-error.ts'],
  'log-trouble.ts': ['database-failure.ts'],
  'log-lines.ts': [],
  'database-failure.ts': [],
  'safe-error.ts': [],
  'guarded.ts': ['database-failure.ts', 'log.ts'],
  'turns.ts': [],
  'holds.ts': ['clock.ts'],
  'one-reading.ts': [],
  'one-at-a-time.ts': [],
  'yielding.ts': [],
  'json-bounds.ts': [],
  'memory.ts': [],
  'egress.ts': ['errors.ts', 'bounded-answer.ts'],
  'bounded-answer.ts': ['json-bounds.ts', 'yielding.ts'],
  'bounded-file.ts': [],
  'unverified-bodies.ts': [],
  // The names and units of statistics, which TARGETS is read by.
  config: ['errors.ts', 'bounded-file.ts', 'domain', 'stats'],
  gong: [...common, 'egress.ts'],
  store: common,
  stats: common,
  render: common,
  [ports]: typesOf('domain', 'render'),
  sync: [...common, 'store', ...typesOf('gong')],
  reports: [...common, 'stats', 'render'],
  people: [...common, ports, 'stats', 'sync', 'reports', 'render', ...typesOf('store')],
  coaching: [...common, ports, 'stats', 'sync', 'reports', 'render', 'people', ...typesOf('store')],
  digests: [...common, ports, 'stats', 'sync', 'reports', 'render', 'people', 'coaching', ...typesOf('store')],
  bot: [...common, 'reports', 'stats', 'render', ...typesOf(ports, 'people', 'digests', 'coaching')],
  slack: [...common, ports, 'bot', 'people', 'render', ...typesOf('store')],
  mcp: [...common, 'bot', 'render', ...typesOf('people', 'slack')],
  schedule: [...common, ports, 'digests', 'coaching', 'people', 'sync', ...typesOf('store')],
  health: common,
  'services.ts': [...common, ports, 'people', 'digests', 'coaching', 'sync', ...typesOf('schedule')],
  'problems.ts': ['errors.ts'],
  'listen-problem.ts': ['errors.ts'],
  'options.ts': [...common, 'stats', ...typesOf('config', 'gong', 'store')],
  'app.ts': [...joining, 'app-parts.ts', 'app-listen.ts'],
  'app-parts.ts': [...joining, 'app-bot.ts', 'app-health.ts'],
  'app-listen.ts': [...joining, 'app-health.ts', ...typesOf('app-parts.ts')],
  'closers.ts': common,
  'app-bot.ts': joining,
  'app-health.ts': joining,
  'version.ts': [],
  'main.ts': [...common, 'app.ts', 'log-lines.ts', 'config', 'problems.ts', 'safe-error.ts', 'version.ts', 'render'],
  cli: [
    ...common,
    ...everyRoom,
    'config',
    'options.ts',
    'problems.ts',
    'safe-error.ts',
    'version.ts',
    'egress.ts',
    'sandbox',
    ...typesOf(ports),
  ],
  sandbox: [...common, 'app.ts', 'config', 'render'],
  'needed-node.mjs': [],
  'after-install.mjs': ['needed-node.mjs'],
  'quick-packages.mjs': [],
  'start.mjs': ['needed-node.mjs', 'quick-packages.mjs', 'main.ts', 'sandbox', 'cli', 'domain'],
}

/** Narrower than a room: the only files that may take this step. */
const onlyFrom: readonly { readonly from: RegExp; readonly to: RegExp; readonly files: readonly string[]; readonly why: string }[] = [
  {
    from: /^src\/sandbox\//,
    to: /^src\/(app\.ts|config\/)/,
    files: ['src/sandbox/open-demo.ts'],
    why: 'the simulators know nothing of the app they are simulated for',
  },
  {
    from: /^src\/sandbox\/(gong|slack)\//,
    to: /^src\/render\/(?!limits\.ts$)/,
    files: [],
    why: 'a simulator that uses our renderer would agree with its mistakes',
  },
  { from: /^src\/cli\//, to: /^src\/sandbox\//, files: ['src/cli/preview/demo-company.ts'], why: 'the image has no sandbox' },
]

/** Files that reach each other, one list a circle (Tarjan's strongly connected components). */
function circlesIn(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const circles: string[][] = []
  const visit = (file: string): void => {
    order.set(file, order.size)
    lowest.set(file, order.get(file) as number)
    open.push(file)
    for (const target of imports.get(file) ?? []) {
      if (!imports.has(target)) continue
      if (!order.has(target)) visit(target)
      if (open.includes(target)) lowest.set(file, Math.min(lowest.get(file) as number, lowest.get(target) as number))
    }
    if (lowest.get(file) !== order.get(file)) return
    const circle = open.splice(open.indexOf(file))
    if (circle.length > 1 || imports.get(file)?.includes(file)) circles.push(circle.toSorted())
  }
  for (const file of imports.keys()) if (!order.has(file)) visit(file)
  return circles
}

const fences: readonly { readonly packages: RegExp; readonly rooms: readonly string[]; readonly typesAlsoIn?: readonly string[] }[] = [
  { packages: /^@slack\//, rooms: ['slack', 'mcp', 'sandbox'], typesAlsoIn: ['render', 'bot'] },
  { packages: /^undici$/, rooms: ['gong', 'egress.ts', 'slack/outbox/posting-client.ts', 'slack/outbox/while-right.ts', 'sandbox'] },
  { packages: /^(drizzle-orm|pg|@electric-sql\/pglite)(\/|$)/, rooms: ['store'] },
  { packages: /^(pg-boss|node-cron)$/, rooms: ['schedule', 'store/database/queue-connection.ts'] },
  { packages: /^pino$/, rooms: ['log.ts'] },
  { packages: /^pino-pretty$/, rooms: ['log-lines.ts'] },
  { packages: /^(react|react-dom|slack-blocks-to-jsx)(\/|$)/, rooms: ['sandbox'] },
]

describe('rooms', () => {
  it('import only what lies before them, and by its types alone where that is enough', () => {
    const wrong = sources.flatMap((file) => {
      const room = roomOf(file)
      const allowed = mayImport[room]
      if (!allowed) return [`${file}: no rule for room ${room}`]
      return filesImportedBy(file)
        .filter(({ target }) => target.startsWith('src/') && roomOf(target) !== room && !allowed.includes(roomOf(target)))
        .filter(({ target, isType }) => !(isType && allowed.includes(`types of ${roomOf(target)}`)))
        .map(({ target, isType }) => `${file} imports ${isType ? 'types of ' : ''}${target}`)
    })
    expect(wrong).toEqual([])
  })

  it('leave some steps to single files', () => {
    const wrong = onlyFrom.flatMap(({ from, to, files, why }) =>
      sources
        .filter((file) => from.test(file) && !files.includes(file))
        .flatMap((file) =>
          filesImportedBy(file)
            .filter(({ target }) => to.test(target))
            .map(({ target }) => `${file} imports ${target}: ${why}`),
        ),
    )
    expect(wrong).toEqual([])
  })

  it('hold no circle of imports between files, types included', () => {
    expect(
      circlesIn(
        new Map([
          ['a', ['b', 'd']],
          ['b', ['c']],
          ['c', ['a']],
          ['d', []],
        ]),
      ),
    ).toEqual([['a', 'b', 'c']])
    const imports = new Map(sources.map((file) => [file, filesImportedBy(file).map(({ target }) => target)]))
    expect(circlesIn(imports)).toEqual([])
  })

  it('keep packages behind their fences', () => {
    const wrong = sources.flatMap((file) => {
      const typeOnly = new Set([...read(file).matchAll(/import type [^;]*?from '([^']+)'/g)].map((match) => match[1]))
      return importsOf(file).flatMap((specifier) => {
        const fence = fences.find(({ packages }) => packages.test(specifier))
        if (!fence) return []
        const place = file.slice('src/'.length)
        const inside = fence.rooms.some((room) => place === room || place.startsWith(`${room}/`))
        const asTypes = typeOnly.has(specifier) && (fence.typesAlsoIn ?? []).includes(roomOf(file))
        return inside || asTypes ? [] : [`${file} imports ${specifier}`]
      })
    })
    expect(wrong).toEqual([])
  })

  it('run without development packages, but for the sandbox', () => {
    const { dependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
    const installed = { ...dependencies, ...optionalDependencies }
    const wrong = sources
      .filter((file) => !file.startsWith('src/sandbox/'))
      .flatMap((file) =>
        importsOf(file)
          .filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
          .map((specifier) =>
            specifier
              .split('/')
              .slice(0, specifier.startsWith('@') ? 2 : 1)
              .join('/'),
          )
          .filter((name) => !(name in installed))
          .map((name) => `${file} imports ${name}`),
      )
    expect(wrong).toEqual([])
  })

  it('never let one section import another', () => {
    const sections = sources.filter((file) => file.startsWith('src/reports/sections/') && !file.endsWith('/index.ts'))
    expect(sections.length).toBeGreaterThan(4)
    const wrong = sections.flatMap((file) =>
      importsOf(file)
        .filter(
          (specifier) =>
            /^\.\/[^/]+\.ts$/.test(specifier) &&
            sections.includes(`src/reports/sections/${specifier.slice(2)}`) &&
            !specifier.includes('/parts/'),
        )
        .map((specifier) => `${file} imports ${specifier}`),
    )
    expect(wrong).toEqual([])
  })

  it('import date-fns function by function, because its barrel costs memory and start time', () => {
    expect(sources.filter((file) => importsOf(file).includes('date-fns'))).toEqual([])
  })
})

describe('single places', () => {
  const code = (file: string): string => read(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')

  it('only clock.ts reads the machine clock', () => {
    // The simulators sign and time requests as the real services would: on real time, which they take from the clock file too.
    const wrong = sources.filter((file) => file !== 'src/clock.ts' && /new Date\(\)|Date\.now\(\)/.test(code(file)))
    expect(wrong).toEqual([])
  })

  it('only what starts a process takes the machine clock; everything else is handed one', () => {
    const starts = (file: string): boolean => /(^|\/|-)main\.ts$/.test(file) || file === 'src/cli/preview/demo-company.ts'
    expect(sources.filter((file) => file !== 'src/clock.ts' && !starts(file) && /\bsystemClock\b/.test(code(file)))).toEqual([])
  })

  it('no clock has a default, in the code and in its tests', () => {
    // `clock?: Clock`, `now?: Date`, `?? systemClock`, `= systemClock` and `= new Date()` where a parameter or a field stands.
    const defaults =
      /\b\w*clock\?:|\b\w*(now|today)\?:\s*(Date|number|\()|\?:\s*(Clock|MovableClock|RealTime)\b|(\?\?|\|\|)\s*(systemClock|new Date\(\)|Date\.now\(\))|=\s*(systemClock(\.now\(\))?|new Date\(\)|Date\.now\(\))\s*[,)}]/i
    const examples = [
      'readonly rateClock?: Clock',
      'readonly now?: () => Date',
      'options.today ?? systemClock.now()',
      '(db: Database, clock: Clock = systemClock)',
      '{ zone, realClock = systemClock } = options',
      'now: Date = new Date(),',
    ]
    expect(examples.filter((example) => !defaults.test(example))).toEqual([])
    const tests = globSync('test/**/*.ts', { cwd: root }).filter((file) => file !== path.join('test', 'architecture.test.ts'))
    expect([...sources, ...tests].filter((file) => defaults.test(code(file)))).toEqual([])
  })

  it('only the policy looks at what roles a viewer has: it knows which have ended, and over whom they are', () => {
    // A notice works out what somebody will see once a role has begun or ended; the simulated Slack's grants are none of ours.
    const others = ['src/domain/policy.ts', 'src/people/role-notices.ts']
    const wrong = sources.filter((file) => !file.startsWith('src/sandbox/') && !others.includes(file) && /\bgrants\.\w+\(/.test(code(file)))
    expect(wrong).toEqual([])
  })

  it('nothing but a test or a setup file registers hooks when it is imported: files that share a process import it once', () => {
    const shared = globSync('test/**/*.ts', { cwd: root }).filter((file) => !/\.test\.ts$|[\\/]kit[\\/]closed-/.test(file))
    expect(shared.length).toBeGreaterThan(50)
    expect(shared.filter((file) => /^(before|after)(All|Each)\(/m.test(code(file)))).toEqual([])
  })

  it('no test has a time limit of its own: on a busy machine it would fail, and the one of all tests ends what hangs', () => {
    const limited = /^\s*\}, \d+_000\)$|^\s*\},\n\s*\d+_000,\n\s*\)$|testTimeout/m
    expect(['}, 60_000)', '  },\n  60_000,\n)', 'testTimeout: 90_000'].filter((example) => !limited.test(example))).toEqual([])
    const tests = globSync('test/**/*.test.ts', { cwd: root }).filter((file) => file !== path.join('test', 'architecture.test.ts'))
    expect(tests.filter((file) => limited.test(code(file)))).toEqual([])
  })

  it('only config.ts reads the environment; start.mjs sets what packages read there', () => {
    const wrong = sources.filter((file) => file !== 'src/config/config.ts' && file !== 'src/start.mjs' && /process\.env\b/.test(code(file)))
    expect(wrong).toEqual([])
  })

  it('no file is named for being a drawer', () => {
    expect(sources.filter((file) => /(^|\/)(utils?|helpers?|common|types|misc)\.(ts|mjs)$/.test(file))).toEqual([])
  })

  it('every file says at its top what it is for', () => {
    expect(sources.filter((file) => !/^(#!.*\n)?(\/\/ |\/\*\*)/.test(read(file)))).toEqual([])
  })
})

describe('what people read is what the code does', () => {
  it('the map names every room and file directly in src, and nothing else', () => {
    const map = /```text map\n([\s\S]*?)```/.exec(read('.github/ARCHITECTURE.md'))?.[1] ?? ''
    const named = [...map.matchAll(/^ {2}([\w.-]+\/?)/gm)].map((match) => (match[1] as string).replace(/\/$/, ''))
    const there = [...new Set(sources.map(roomOf))]
    expect(named.toSorted()).toEqual(there.toSorted())
  })

  it.each(globSync(['*.md', '.github/**/*.{md,yml}', '.vscode/*.json'], { cwd: root }))('%s names only files that exist', (document) => {
    const text = read(document)
    const quoted = [...text.matchAll(/`((?:src|test|\.github|\.vscode)\/[^`\s*]*)`/g)].map(([, name]) => name ?? '')
    const linked = [...text.matchAll(/\]\((?!https?:|#)([^)\s]+)\)/g)].map(([, name]) => path.join(path.dirname(document), name ?? ''))
    const started = [...text.matchAll(/\b((?:src|test)\/[\w./-]+\.(?:ts|mjs|txt))\b/g)]
      .map(([, name]) => name ?? '')
      .filter((name) => name !== 'test/your.test.ts')
    expect([...quoted, ...linked, ...started].filter((name) => !existsSync(path.join(root, name)))).toEqual([])
  })

  it('manifest.yml has the commands of the list, with the same words', () => {
    const manifest = parse(read('manifest.yml')) as {
      features: { slash_commands: { command: string; description: string; usage_hint?: string; should_escape?: boolean }[] }
    }
    expect(
      manifest.features.slash_commands.map(({ command, description, usage_hint, should_escape }) => ({
        command,
        description,
        usage_hint,
        should_escape,
      })),
    ).toEqual(
      commands.map(({ name, description, usageHint }) => ({ command: name, description, usage_hint: usageHint, should_escape: true })),
    )
  })

  it('.env.example and the README explain exactly the variables that config.ts reads', () => {
    const names = Object.keys(variables)
    const example = [...read('.env.example').matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map((match) => match[1])
    expect([...new Set(example)].toSorted()).toEqual(names.toSorted())
    const readme = read('README.md')
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
  })

  it('the top level holds what the layout agrees on', () => {
    const agreed = new Set([
      'src',
      'test',
      'manifest.yml',
      'Dockerfile',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'README.md',
      'LICENSE',
      'node_modules',
      'data',
    ])
    const there = globSync('*', { cwd: root })
    expect(there.filter((entry) => !agreed.has(entry) && !entry.startsWith('.'))).toEqual([])
  })
})
