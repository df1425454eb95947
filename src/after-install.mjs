// Runs at the end of npm ci where the Node it brought does not start (package.json, postinstall), so with the Node that runs npm. Says
// why, and takes that Node's link away: what npm runs then falls back to a Node that can say it too.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { broughtNode, neededMajor, whyItDoesNotStart } from './needed-node.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const brought = broughtNode(root)
const why = brought && whyItDoesNotStart(brought)
if (why) {
  console.error(`gong-digest runs on Node ${neededMajor}. npm ci has brought it along, but it does not start on this machine.\n${why}`)
  rmSync(path.join(root, 'node_modules', '.bin', 'node'), { force: true })
}
process.exitCode = 1
