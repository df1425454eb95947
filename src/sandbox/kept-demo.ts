// How a demo with `--data` was left: the moment, the company's numbers and the conversations, beside the app's own database. Open modals
// and Home tabs are drawn anew. A demo in memory keeps nothing.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { SimulatedChannel, SimulatedMessage, Workspace } from './slack/workspace.ts'

export interface KeptDemo {
  /** ISO instant of the demo's clock. */
  readonly now: string
  readonly people: number
  readonly seed: number
  readonly contract: string
  /** So many ids were given; none comes twice. */
  readonly idsGiven: number
  readonly channels: readonly SimulatedChannel[]
  readonly messages: readonly SimulatedMessage[]
}

type Company = Pick<KeptDemo, 'people' | 'seed' | 'contract'>

/** Beside the database, in a demo's folder. */
export const fileOfKept = (dataDir: string): string => path.join(dataDir, 'demo.json')

const fileIn = (dataDir: string): string | undefined => (dataDir.startsWith('memory:') ? undefined : fileOfKept(dataDir))

/** Undefined in a folder without one. @throws Error in words when another company lives there */
export function readKeptDemo(dataDir: string, company: Company): KeptDemo | undefined {
  const file = fileIn(dataDir)
  if (file === undefined || !existsSync(file)) return undefined
  const kept = readWhole(file)
  if (kept.people === company.people && kept.seed === company.seed && kept.contract === company.contract) return kept
  const was = `--people ${kept.people} --seed ${kept.seed} --contract ${kept.contract}`
  throw new Error(`${dataDir} keeps the company of ${was}. Start with these, or with another folder.`)
}

/** @throws Error in words where it was cut short or is longer than a text may be */
function readWhole(file: string): KeptDemo {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as KeptDemo
  } catch (cause) {
    throw new Error(`${file} cannot be read. Start with another folder, or delete this one.`, { cause })
  }
}

/** Puts back what was said; the channels were given to the workspace at its beginning. */
export function putBack(kept: KeptDemo, workspace: Workspace): void {
  while (idsGiven(workspace) < kept.idsGiven);
  for (const [channelId, messages] of Map.groupBy(kept.messages, (message) => message.channelId))
    workspace.messages.set(channelId, messages)
}

/** How it is now. */
export const keptOf = (demo: Company & { readonly now: Date }, workspace: Workspace): KeptDemo => ({
  ...demo,
  now: demo.now.toISOString(),
  idsGiven: idsGiven(workspace),
  channels: [...workspace.channels.values()],
  messages: [...workspace.messages.values()].flat(),
})

/** Whole or not at all: a start must not meet half a file. */
export function keepDemo(dataDir: string, kept: KeptDemo): void {
  const file = fileIn(dataDir)
  if (file === undefined) return
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(kept))
  renameSync(`${file}.new`, file)
}

/** Takes the next one: ids are counted in base 36. */
const idsGiven = (workspace: Workspace): number => Number.parseInt(workspace.nextId(''), 36)
