// The page's own modules: TypeScript files served with their types stripped, nothing bundled. Only what lies in browser/ is served.
import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import path from 'node:path'

const folder = path.join(import.meta.dirname, 'browser')
const stripped = new Map<string, string>()

/** The JavaScript of `browser/<name>.ts`; undefined when there is none. */
export async function browserModule(name: string): Promise<string | undefined> {
  if (!/^[a-z-]+$/.test(name)) return undefined
  const known = stripped.get(name)
  if (known !== undefined) return known
  const source = await readFile(path.join(folder, `${name}.ts`), 'utf8').catch(() => undefined)
  if (source === undefined) return undefined
  const code = stripTypeScriptTypes(source, { mode: 'strip' }).replaceAll(/(from\s+'\.\/[a-z-]+)\.ts'/g, "$1.js'")
  stripped.set(name, code)
  return code
}
