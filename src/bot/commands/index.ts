// Every slash command, in the order of help and of manifest.yml. To add one: a file beside this, a line here, the same words there.
import type { Command } from '../command.ts'
import { coaching } from './coaching.ts'
import { digest } from './digest.ts'
import { scorecards } from './scorecards.ts'
import { stats } from './stats.ts'
import { withPlainWords } from './with-plain-words.ts'

export const commands: readonly Command[] = [stats, scorecards, coaching, digest].map(withPlainWords)
