// Sorts the test files into projects by what they import, directly or through other files: a test that can start a process is heavy, one
// that joins the app is a journey, and so on. Nothing is listed by hand, so a test that is moved or changed finds its project by itself.
// As one object, because an older Node, which the configuration refuses in words, has no `globSync`.
import fs from 'node:fs'
import path from 'node:path'

export type ProjectName = 'heavy' | 'journeys' | 'store' | 'edges' | 'unit'

export interface Project {
  readonly name: ProjectName
  /** What its tests use, in words for whoever wonders where a test belongs. */
  readonly uses: string
  /** Modules of Node and files of this repository whose import puts a test here, unless it is in a project before this one. */
  readonly imports: readonly string[]
}

/** In the order in which they are tried, and run: the longest first, so that the short ones fill the last minute. */
export const projects: readonly Project[] = [
  { name: 'heavy', uses: 'other processes or a browser', imports: ['node:child_process', 'test/kit/browser.ts'] },
  { name: 'journeys', uses: 'the whole app between the simulators', imports: ['src/app.ts'] },
  { name: 'store', uses: 'a database', imports: ['src/store/database/connect.ts', '@electric-sql/pglite', 'pg'] },
  {
    name: 'edges',
    uses: 'sockets on loopback: Bolt, clients, the simulators',
    imports: ['node:http', 'node:https', 'node:net', 'ws', '@stoplight/prism-http-server'],
  },
  { name: 'unit', uses: 'nothing but this process', imports: [] },
]

const root = path.resolve(import.meta.dirname, '..')

/** Every test file by project, as paths from the root. */
export function sortTests(): ReadonlyMap<ProjectName, readonly string[]> {
  const reached = new Map<string, ReadonlySet<string>>()
  const files = fs.globSync('test/**/*.test.ts', { cwd: root }).map((file) => file.replaceAll(path.sep, '/'))
  return Map.groupBy(files.sort(), (file) => projectOf(reachedFrom(file, reached)))
}

const projectOf = (reached: ReadonlySet<string>): ProjectName =>
  projects.find(({ imports }) => imports.some((one) => reached.has(one)))?.name ?? 'unit'

/** What a file imports, and what those import; types do not count. */
function reachedFrom(file: string, known: Map<string, ReadonlySet<string>>): ReadonlySet<string> {
  const seen = new Set<string>()
  const left = [file]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    let imported = known.get(next)
    if (!imported) {
      imported = importedBy(next)
      known.set(next, imported)
    }
    left.push(...imported)
  }
  return seen
}

function importedBy(file: string): ReadonlySet<string> {
  if (!/\.(ts|mjs)$/.test(file) || !fs.existsSync(path.join(root, file))) return new Set()
  const text = fs.readFileSync(path.join(root, file), 'utf8')
  const specifiers = [...text.matchAll(/^import(?! type\b)[^'"]*'([^']+)'|^export [^'"]*\bfrom '([^']+)'|\bimport\('([^']+)'\)/gm)]
  return new Set(
    specifiers.map(([, imported, exported, later]) => {
      const specifier = imported ?? exported ?? later ?? ''
      return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier
    }),
  )
}
