// The Web API methods the product's code calls, found by reading it: `apiCall('x.y')`, `method = 'x.y'`, `client.x.y(`, and the two
// steps behind filesUploadV2.
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const families = 'auth|apps|blocks|bookmarks|chat|conversations|files|im|reactions|team|usergroups|users|views'
/** Scopes that look like methods. */
const scopes = new Set(['users.read', 'users.read.email'])

/** In order of the alphabet, each once. */
export function methodsCalled(): string[] {
  const found = globSync('src/{slack,schedule,cli}/**/*.ts', { cwd: root }).flatMap((file) => {
    const code = readFileSync(path.join(root, file), 'utf8')
    const named = [
      ...code.matchAll(new RegExp(`'((?:${families})\\.[a-zA-Z.]+)'`, 'g')),
      ...code.matchAll(new RegExp(`\\bclient\\.((?:${families})\\.[a-zA-Z.]+)\\(`, 'g')),
    ].map(([, method = '']) => method)
    return code.includes('filesUploadV2(') ? [...named, 'files.getUploadURLExternal', 'files.completeUploadExternal'] : named
  })
  return [...new Set(found)].filter((method) => !scopes.has(method)).toSorted()
}
