// Finds the files of drizzle-orm in Node's place. For each file of a package, and for each import of one, Node parses the whole `exports` of
// its package.json anew: drizzle-orm's has 170 kB, which took half a second of processor time at every start. Plain JavaScript, so that it
// can come before everything else: `start.mjs` loads it, and the tests' processes do by `--import`.
import module from 'node:module'

const inside = '/node_modules/drizzle-orm/'
const isOfDrizzle = /^drizzle-orm(\/|$)/

/** What was found under a name of the package; every file of ours means the same by it. @type {Map<string, module.ResolveFnOutput>} */
const found = new Map()

module.registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL ?? ''
    if (context.conditions.includes('require')) return next(specifier, context)
    // Its modules name each other by whole paths, and are ES modules all.
    if (specifier.startsWith('.') && parent.includes(inside))
      return { url: new URL(specifier, parent).href, format: 'module', shortCircuit: true }
    if (!isOfDrizzle.test(specifier) || parent.includes('/node_modules/')) return next(specifier, context)
    const known = found.get(specifier)
    if (known) return { ...known, shortCircuit: true }
    const first = next(specifier, context)
    found.set(specifier, first)
    return first
  },
})
