// Reads what a form carries unseen between two drawings. Of what is typed and chosen only parts come in each time; the rest stands here, and
// becomes a digest or a programme that is kept. So it is checked whole: an older version's, or a forged one, is no state.
import { z } from 'zod'
import { isKnownZone } from '../../domain/known-zone.ts'
import type { Weekday } from '../../domain/period.ts'
import type { EditorState } from './editor-state.ts'
import type { ProgrammeState } from './programme-state.ts'

const everyWeekday: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]

const when = {
  weekdays: z.array(z.int().min(1).max(7)).transform((given) => everyWeekday.filter((day) => given.includes(day))),
  /** As typed: a form with a wrong one says so. */
  time: z.string(),
  zone: z.string().refine(isKnownZone),
  whenEmpty: z.enum(['skip', 'say']),
}

const kind = z.enum(['team', 'personal', 'manager', 'org', 'company', 'reminder'])

const digest = z.object({
  ...when,
  subscriptionId: z.string().optional(),
  kindBefore: kind.optional(),
  kind,
  subjectId: z.string().optional(),
  where: z.enum(['me', 'channel', 'person']),
  channelId: z.string().optional(),
  readerId: z.string().optional(),
  skipDates: z.string(),
  showNames: z.boolean(),
  name: z.string().optional(),
  isNamedByOther: z.boolean().optional(),
  duplicateShown: z.string().optional(),
  listedFor: z.string().optional(),
})

const programmeKinds = ['team', 'manager', 'org', 'personal', 'reminder'] as const

const programme = z.object({
  ...when,
  programmeId: z.string().optional(),
  kinds: z.array(z.enum(programmeKinds)).transform((given) => programmeKinds.filter((kind) => given.includes(kind))),
  org: z.string(),
  stage: z.enum(['preview', 'pilot', 'everyone']),
  pilotTeams: z.array(z.string()),
  duplicateShown: z.string().optional(),
})

/** @returns undefined for anything that is no state */
export const readState = (metadata: string | undefined): EditorState | undefined => stateIn(metadata, digest)

/** @returns undefined for anything that is no state */
export const readProgrammeState = (metadata: string | undefined): ProgrammeState | undefined => stateIn(metadata, programme)

function stateIn<State>(metadata: string | undefined, shape: z.ZodType<State>): State | undefined {
  try {
    return shape.safeParse(JSON.parse(metadata ?? '')).data
  } catch {
    return undefined
  }
}
