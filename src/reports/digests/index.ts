// The kinds of digest: which sections, which title, which buttons. What a section says is its own; a reminder has rows with answers instead.
import type { DigestKind } from '../../domain/subscription.ts'
import type { BuildDigest, BuiltDigest, DigestRequest } from '../digest.ts'
import { rememberingStats } from '../remembering-stats.ts'
import type { ReminderRows } from '../reminder-facts.ts'
import type { ReportContext, Section } from '../section.ts'
import { lookFirst } from '../sections/look-first.ts'
import { composeReport } from '../write-sections.ts'
import { company } from './company.ts'
import type { DigestRecipe } from './digest-recipe.ts'
import { manager } from './manager.ts'
import { org } from './org.ts'
import { personal } from './personal.ts'
import { buildReminder } from './reminder.ts'
import { reminderRows } from './reminder-rows.ts'
import { team } from './team.ts'

const recipes: Readonly<Record<Exclude<DigestKind, 'reminder'>, DigestRecipe>> = { team, personal, manager, org, company }

export const buildDigest: BuildDigest = async (request, given) => {
  const mentions = new Set<string>(request.mentions)
  const context = { ...given, stats: rememberingStats(given.stats), mentions }
  if (request.kind === 'reminder') return buildReminder(request, context)
  const recipe = recipes[request.kind]
  const reminder = await reminderIn(request, context)
  const title = await recipe.title?.(context)
  const subtitle = await recipe.subtitle?.(context)
  const sections = reminder ? recipe.sections.map((each) => (each.id === lookFirst.id ? inPlaceOf(each, reminder) : each)) : recipe.sections
  // Rows that were posted before are written already.
  for (const personId of reminder?.shows ?? []) mentions.add(personId)
  const { isThin: _, ...built } = await composeReport(context, sections, {
    title,
    subtitle,
    closing: recipe.closing?.(request, context) ?? [],
    controls: recipe.controls(request, context),
    remarks: request.remarks,
  })
  if (!reminder) return built
  return { ...built, message: { ...built.message, head: reminder.head }, ...(reminder.opens && { opens: reminder.opens }) }
}

/** The rows of the reminder that this digest brings; undefined where it brings none, or nobody is due. */
async function reminderIn(
  request: DigestRequest,
  context: ReportContext,
): Promise<(ReminderRows & Pick<BuiltDigest, 'opens'>) | undefined> {
  if (request.postedRows) return request.postedRows
  if (!request.reminder) return undefined
  const { head, headPart, rows, shows, opens } = await reminderRows(request, context, { inDigest: true })
  return rows.length === 0 ? undefined : { head, headPart, rows, shows, opens }
}

/** In the place of "look at first": whom to hear, with the answers to press. */
const inPlaceOf = ({ id, title }: Section, { headPart, rows, shows }: ReminderRows): Section => ({
  id,
  title,
  write: async () => ({ parts: [headPart, ...rows], shows }),
})
