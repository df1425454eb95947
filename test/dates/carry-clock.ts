// Loaded first by every process of test:dates. A process reads the shift of its clock and its zone from its environment: a child that a
// test gives an environment of its own would live on the machine's day. This adds both to it.
import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'

const carried = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(LD_PRELOAD|FAKETIME.*|TZ)$/.test(name)))

type Start = (program: string, words: readonly string[], options?: { readonly env?: NodeJS.ProcessEnv }) => unknown

const carrying =
  (start: Start): Start =>
  (program, words, options) =>
    start(program, words, options?.env ? { ...options, env: { ...carried, ...options.env } } : options)

Object.assign(childProcess, {
  spawn: carrying(childProcess.spawn as Start),
  spawnSync: carrying(childProcess.spawnSync as Start),
})
syncBuiltinESMExports()
