// `npm run lengths`: lists files over 250 lines, functions over 100 and folders of more than 15 files, the longest first. It reports and
// never fails: where a longer one reads better, it stays.
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'

const root = path.resolve(import.meta.dirname, '..')
const limits = { file: 250, function: 100, folder: 15 } as const

interface Length {
  readonly what: string
  readonly size: number
}

const sources = globSync('src/**/*.{ts,mjs}', { cwd: root }).map((file) => file.replaceAll(path.sep, '/'))
const texts = new Map(sources.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]))
const linesIn = (text: string): number => text.split('\n').length - 1

function functionsIn(file: string, text: string): Length[] {
  const found: Length[] = []
  const note = (node: { readonly start: number; readonly end: number }): void => {
    const line = text.slice(0, node.start).split('\n').length
    found.push({ what: `${file}:${line}`, size: text.slice(node.start, node.end).split('\n').length })
  }
  new Visitor({ FunctionDeclaration: note, FunctionExpression: note, ArrowFunctionExpression: note }).visit(parseSync(file, text).program)
  return found
}

function print(title: string, all: readonly Length[], limit: number, unit: string): void {
  const long = all.filter(({ size }) => size > limit).toSorted((a, b) => b.size - a.size)
  console.log(`${title} over ${limit} ${unit}: ${long.length} of ${all.length}`)
  for (const { what, size } of long) console.log(`  ${String(size).padStart(4)}  ${what}`)
}

const folders = Map.groupBy(sources, (file) => path.posix.dirname(file))
print(
  'Files',
  [...texts].map(([what, text]) => ({ what, size: linesIn(text) })),
  limits.file,
  'lines',
)
print(
  'Functions',
  [...texts].flatMap(([file, text]) => functionsIn(file, text)),
  limits.function,
  'lines',
)
print(
  'Folders',
  [...folders].map(([what, files]) => ({ what, size: files.length })),
  limits.folder,
  'files',
)
