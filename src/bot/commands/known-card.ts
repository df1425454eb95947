// A word /gong-scorecards does not know is not a scorecard: says so, with the nearest person and the scorecards that the asker may know of. A
// card they may not is none, so that nobody learns its name by guessing.
import { cutWords } from '../../domain/cut-list.ts'
import { nearest } from '../../domain/nearest.ts'
import type { Period } from '../../domain/period.ts'
import type { Viewer } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'
import { AskError, type Suggestion } from '../../errors.ts'
import { listWords } from '../../render/text/numbers.ts'
import { clip } from '../../render/text/text.ts'
import { cardAsTyped } from '../../stats/scorecards/card-name.ts'
import type { BotServices } from '../command.ts'
import { namesApart } from '../words/names-apart.ts'
import { periodAsTyped } from '../words/period.ts'
import { peopleCalled } from '../words/who.ts'

interface CardAsked {
  readonly card: string
  /** Of whom, as it can be typed. */
  readonly who: string
  readonly period: Period
  readonly chart: OrgChart
}

const offered = 3
const listed = 8

/** @throws AskError when cards were seen and none is called so */
export async function rejectUnknownCard({ card, who, period, chart }: CardAsked, viewer: Viewer, services: BotServices): Promise<void> {
  const known = await services.admin.cardNamesFor(viewer, services.settings.minimumGroup)
  const names = [...new Set(known.map((name) => name.trim()))].filter(Boolean).toSorted()
  // Nothing they may know of was fetched yet: whether there is such a card is not known.
  if (names.length === 0 || names.some((name) => cardAsTyped(name) === cardAsTyped(card))) return
  const people = (await peopleCalled(card, chart)).slice(0, offered)
  const called = namesApart(people, chart)
  const near = nearestCard(card, names)
  const when = periodAsTyped(period)
  const did = people.length > 0 ? ` Did you mean ${listWords(people.map(called))}?` : near ? ` Did you mean "${near}"?` : ''
  const all = listWords(
    cutWords(
      names.map((name) => clip(name, 40)),
      listed,
    ),
  )
  const asking = (label: string, text: string): Suggestion => ({ label: clip(label, 70), command: '/gong-scorecards', text })
  throw new AskError(`No scorecard you can see is called "${clip(card, 60)}".${did} Scorecards: ${all}.`, [
    ...people.map((person) => asking(called(person), `gong:${person.id} ${when}`)),
    ...[...(near ? [near] : []), ...names.filter((name) => name !== near)]
      .slice(0, offered)
      .map((name) => asking(name, `"${name}" ${who} ${when}`)),
  ])
}

/** The one that is mistyped least, else the first that has the words in its name: `disc` is near `Discovery`. */
function nearestCard(card: string, names: readonly string[]): string | undefined {
  const typed = cardAsTyped(card)
  const byPlain = new Map(names.map((name) => [cardAsTyped(name), name]))
  const near = nearest(typed, [...byPlain.keys()])
  return near === undefined ? names.find((name) => cardAsTyped(name).includes(typed)) : byPlain.get(near)
}
