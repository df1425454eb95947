// The way from nothing to a checked `.env`: asks one thing after another and tries each answer at once, at Slack and at Gong. Knows
// neither terminal nor file: questions are asked through Prompts, and what is to be kept is handed back.

import { type Config, readConfig } from '../../config/config.ts'
import type { Store } from '../../store/store.ts'
import type { Prompts } from '../prompts.ts'
import type { Surroundings } from '../workbench.ts'
import { setUpGong } from './setup-gong.ts'
import { setUpPeople } from './setup-people.ts'
import { setUpSlack } from './setup-slack.ts'

export type Values = Record<string, string | undefined>

export interface SetupParts {
  readonly prompts: Prompts
  readonly around: Surroundings
  /** Holds what is read on the way; thrown away at the end. */
  readonly scratch: Store
  /** The text of manifest.yml. */
  readonly manifest: string
  /** Of a second installation in the same workspace, for example `staging`. */
  readonly name?: string
  /** What is set already, from an earlier run or the environment. */
  readonly known: Readonly<Values>
}

/** What to write; names whose value is undefined are taken out. @throws Cancelled */
export async function setUp(parts: SetupParts): Promise<Values> {
  const values: Values = { ...(await setUpSlack(parts)) }
  Object.assign(values, await setUpGong(parts, values))
  Object.assign(values, await setUpPeople(parts, configOf(parts, values)))
  return values
}

/** The configuration as it would be read from what is known so far. @throws ConfigError while something is missing. */
export const configOf = ({ known }: SetupParts, values: Values): Config => readConfig({ ...known, ...values })
