// The kinds of digest: which sections, which title, which buttons. What a section says is its own; a reminder has rows with answers instead.
import type { DigestKind } from '../../domain/subscription.ts'
import { contributionsTo } from '../contributions.ts'
import type { BuildDigest } from '../digest.ts'
import { rememberingStats } from '../remembering-stats.ts'
import { composeReport } from '../write-sections.ts'
import { company } from './company.ts'
import type { DigestRecipe } from './digest-recipe.ts'
import { manager } from './manager.ts'
import { personal } from './personal.ts'
import { buildReminder } from './reminder.ts'
import { team } from './team.ts'

const recipes: Readonly<Record<Exclude<DigestKind, 'reminder'>, DigestRecipe>> = { team, personal, manager, company }

export const buildDigest: BuildDigest = async (request, given) => {
  const context = { ...given, stats: rememberingStats(given.stats) }
  if (request.kind === 'reminder') return buildReminder(request, context)
  const recipe = recipes[request.kind]
  const title = await recipe.title?.(context)
  const subtitle = recipe.subtitle?.(context)
  const { message, isEmpty, shows, figures } = await composeReport(context, recipe.sections, {
    title,
    subtitle,
    closing: recipe.closing?.(request, context) ?? [],
    controls: recipe.controls(request, context),
    remarks: request.remarks,
  })
  return { message, isEmpty, shows, figures, contributions: await contributionsTo(context) }
}
