// Finds modules in Node's place where their place is sure. For each import Node asks the disk for the file and its package.json, and for
// each import of a package it parses the whole `exports` of that package anew (drizzle-orm's has 170 kB): close to half of the processor
// time of a start. Plain JavaScript, so that it can come before everything else: `start.mjs` loads it, and the tests' processes by `--import`.
import { existsSync } from 'node:fs'
import module from 'node:module'

const insideDrizzle = '/node_modules/drizzle-orm/'

/** What was found under the name of a package; every file of ours means the same by it. @type {Map<string, module.ResolveFnOutput>} */
const found = new Map()

module.registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL ?? ''
    if (context.conditions.includes('require') || !parent.startsWith('file:')) return next(specifier, context)
    const isOurs = !parent.includes('/node_modules/')
    if (specifier.startsWith('.')) {
      // Our modules name each other by whole paths, and so do drizzle-orm's, which are ES modules all.
      const isSure = isOurs ? specifier.endsWith('.ts') : parent.includes(insideDrizzle)
      const url = new URL(specifier, parent)
      // Of a file that is not there Node says so: the image leaves the sandbox out, and the one who asks for it reads why.
      if (!isSure || !existsSync(url)) return next(specifier, context)
      return { url: url.href, format: isOurs ? 'module-typescript' : 'module', shortCircuit: true }
    }
    if (!isOurs || /^[#/]|:/.test(specifier)) return next(specifier, context)
    const known = found.get(specifier)
    if (known) return { ...known, shortCircuit: true }
    const first = next(specifier, context)
    found.set(specifier, first)
    return first
  },
})
