// What every part of the setup is given, and the configuration as known so far.
import { type Config, readConfig } from '../../config/config.ts'
import type { Store } from '../../store/store.ts'
import type { Prompts } from '../prompts.ts'
import type { Surroundings } from '../workbench.ts'

export type Values = Record<string, string | undefined>

export interface SetupDeps {
  readonly prompts: Prompts
  readonly around: Surroundings
  /** Holds what the setup reads on the way; discarded at the end. */
  readonly scratch: Store
  /** The text of manifest.yml. */
  readonly manifest: string
  /** Of a second installation in the same workspace, for example `staging`. */
  readonly name?: string | undefined
  /** What is set already, from an earlier run or the environment. */
  readonly known: Readonly<Values>
}

/** The configuration as the service would read it from what is known so far. @throws ConfigError while something is missing. */
export const configOf = ({ known }: SetupDeps, values: Values): Config => readConfig({ ...known, ...values })
