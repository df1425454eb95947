// Whom a tool's argument names, as words a command understands. Unlike typed text, a model passes names on that nobody picked from Slack's
// list: a name that only one person bears is that person, and rights are asked for as always. Anything less certain stays a question.
import type { LocalDate } from '../../domain/period.ts'
import type { Person } from '../../domain/person.ts'
import { maySee, type Viewer, viewedOrgs } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'
import { AskError } from '../../errors.ts'
import { clip } from '../../render/text/text.ts'
import type { ReportCommand } from '../commands/question.ts'
import { plainWords } from '../words/plain-words.ts'
import { ownNumbers, peopleCalled, readWhoPhrase } from '../words/who.ts'
import type { ToolCall } from './tool.ts'

/**
 * `Ana Diaz` → `gong:3`, `Priya's team` → `gong:7 team`, `U0ABC123` → `<@U0ABC123>`; what is understood already stays.
 * @throws AskError when nobody, or more than one person, is called so: with those who may be meant, for `command`
 */
export async function whoseWords(given: string, command: ReportCommand, { asker: { viewer }, services }: ToolCall): Promise<string> {
  const said = plainWords(given)
  if (/^[UW][A-Z0-9]{2,20}$/.test(said)) return `<@${said}>`
  const [, of, group = ''] = /^(.+?)(?:'s?)? (team|org)$/i.exec(said) ?? []
  const name = (of ?? said).replace(/^@/, '')
  const isOnlyAName = said.startsWith('@') && !name.includes('@')
  const today = await services.today()
  if ((!isOnlyAName && readWhoPhrase(said.split(' '))) || !mayLearnNames(viewer, today)) return said
  const suffix = group === '' ? '' : ` ${group.toLowerCase()}`
  const chart = await services.chart()
  const called = await peopleCalled(name, chart)
  const person = theOneMeant(name, called, viewer, chart, today)
  if (person) return `gong:${person.id}${suffix}`
  const shown = clip(name, 60)
  if (called.length === 0)
    throw new AskError(`Nobody in Gong is called "${shown}". Give the full name or an e-mail address, or mention the person with @.`, [
      ownNumbers(viewer),
    ])
  throw new AskError(
    `${called.length} people in Gong are called "${shown}". Whom do you mean?`,
    called.slice(0, 5).map(({ id, name: label }) => ({ label: clip(label, 70), command, text: `gong:${id}${suffix}` })),
  )
}

/** The same rule as for typed words: whoever may see nothing learns nobody's name. */
const mayLearnNames = (viewer: Viewer, today: LocalDate): boolean =>
  viewer.standing === 'member' && (viewer.isAdmin || viewer.person?.active === true || viewedOrgs(viewer, today).length > 0)

/** The one who bears exactly that name; else the only one called so; else the only other one of them whom the asker may see. */
function theOneMeant(name: string, called: readonly Person[], viewer: Viewer, chart: OrgChart, today: LocalDate): Person | undefined {
  const isSeen = ({ id }: Person): boolean =>
    id !== viewer.person?.id && maySee(viewer, { type: 'person', personId: id }, chart, today).allowed
  return onlyOne(called.filter((person) => isSame(person.name, name))) ?? onlyOne(called) ?? onlyOne(called.filter(isSeen))
}

const isSame = (one: string, other: string): boolean => one.localeCompare(other, 'en', { sensitivity: 'base' }) === 0

const onlyOne = (people: readonly Person[]): Person | undefined => (people.length === 1 ? people[0] : undefined)
