// Which Node is needed, and why another one is running: npm ci brings Node 26 along as the package `node`, but not on every machine.
// Plain JavaScript, so that an old Node can read it. Knows nothing of the service.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

export const neededMajor = 26

const getNode = `Install Node ${neededMajor} (https://nodejs.org/en/download)`

/**
 * What to say when `version` is too old, with the way out; undefined when it will do.
 * @param {string} version as in `process.versions.node`
 * @param {string} root the folder that holds node_modules
 * @returns {string | undefined}
 */
export function whyNotThisNode(version, root) {
  if (Number(version.split('.')[0]) >= neededMajor) return undefined
  return `gong-digest needs Node ${neededMajor} or newer; this is Node ${version}. ${wayOut(root)}`
}

/** @param {string} root */
function wayOut(root) {
  const modules = path.join(root, 'node_modules')
  if (!existsSync(modules)) return `Run npm ci first: it brings Node ${neededMajor} along.`
  if (!existsSync(path.join(modules, 'node', 'package.json')))
    return `npm ci --omit=dev leaves out the Node that npm ci brings along. ${getNode}, or run npm ci without --omit=dev.`
  const brought = broughtNode(root)
  if (brought === undefined)
    return `npm ci brings Node ${neededMajor} along in an install script, and install scripts were not run (--ignore-scripts). ${getNode} and run the same command again; nothing else is missing.`
  const why = whyItDoesNotStart(brought)
  if (why !== undefined) return `npm ci has brought Node ${neededMajor} along, but it does not start on this machine.\n${why}`
  if (existsSync(path.join(modules, '.bin', 'node')))
    return `npm ci has brought Node ${neededMajor} along, and npm uses it: start with npm start, npm run demo, npm run doctor and so on.`
  return `npm ci has brought Node ${neededMajor} along, but npm does not use it yet. Run npm ci again.`
}

/**
 * The program of the package `node`; undefined when its install script has not run.
 * @param {string} root
 */
export function broughtNode(root) {
  return ['node', 'node.exe'].map((name) => path.join(root, 'node_modules', 'node', 'bin', name)).find((file) => isProgram(file))
}

/** @param {string} file */
function isProgram(file) {
  // On Windows the package leaves a note beside node.exe under the plain name.
  return existsSync(file) && (process.platform !== 'win32' || file.endsWith('.exe'))
}

/**
 * Tries the program. Undefined: it starts.
 * @param {string} program
 * @returns {string | undefined}
 */
export function whyItDoesNotStart(program) {
  const { status, signal, error, stderr } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  if (status === 0) return undefined
  // The file is there, so what does not exist is the loader it names.
  if (error && 'code' in error && error.code === 'ENOENT')
    return `It is built for glibc, and this system has another C library (Alpine has musl). Install a Node ${neededMajor} built for that; the image node:${neededMajor}-alpine has one. The tests with a real Postgres or a browser need glibc.`
  const said = error?.message ?? stderr.trim()
  const library = /loading shared libraries: (\S+?):/.exec(said)?.[1]
  if (library?.startsWith('libatomic.so')) return `It needs ${library}. Install it, then run npm ci again:\n${libatomicPackages}`
  if (library !== undefined) return `It needs ${library}. Install the package of your system that holds it, then run npm ci again.`
  if (/version `GLIBC\w*_[\d.]+' not found/.test(said))
    return 'It needs a newer C library than this system has. Use a newer release of the system, or the container image (docker build).'
  return `It ended with ${signal ?? `code ${status}`}${said && `: ${said}`}\n${getNode} and run npm ci --ignore-scripts.`
}

const libatomicPackages = `  Debian, Ubuntu         apt-get install libatomic1
  Fedora, RHEL, Amazon   dnf install libatomic
  openSUSE               zypper install libatomic1`
