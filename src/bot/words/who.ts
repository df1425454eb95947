// Who in words: me, @person, @user-group, team, @manager's team, org, all. Turns typed text into a subject; the policy decides afterwards
// whether the asker may see it. Names and addresses are matched only to suggest what to type instead.
import { cutText } from '../../domain/outside-text.ts'
import type { LocalDate } from '../../domain/period.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import { type Subject, type Viewer, viewedOrgs } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'
import { AskError, type Suggestion } from '../../errors.ts'
import { called } from './name-match.ts'
import { namesApart } from './names-apart.ts'
import { subjectOfUserGroup, type UserGroup, type UserGroupSources, userGroupIn } from './user-group.ts'

/** Somebody named: by a Slack mention, an address, or Gong's id (buttons). */
export type Named =
  | { readonly by: 'mention'; readonly slackUserId: string; readonly shown: string }
  | { readonly by: 'email'; readonly email: string }
  | { readonly by: 'id'; readonly personId: PersonId }
  | { readonly by: 'name'; readonly name: string }

/** Who was typed. `whose` missing = the asker's own. `words`: as it can be typed again. */
export type Who =
  | { readonly type: 'me'; readonly words: string }
  | { readonly type: 'person'; readonly person: Named; readonly words: string }
  | { readonly type: 'team' | 'org'; readonly whose?: Named; readonly words: string }
  | { readonly type: 'all'; readonly words: string }
  | { readonly type: 'group'; readonly group: UserGroup; readonly words: string }

const mention = /^<@([UW][A-Z0-9]+)(?:\|([^>]*))?>$/i
const address = /^(?:<mailto:[^|>]+\|)?([^\s@<>|]+@[^\s@<>|]+\.[^\s@<>|]+)>?$/

/** One word that names somebody; undefined when it does not. */
function namedBy(word: string): Named | undefined {
  const mentioned = mention.exec(word)
  if (mentioned?.[1]) return { by: 'mention', slackUserId: mentioned[1].toUpperCase(), shown: mentioned[2] || mentioned[1] }
  const id = /^gong:(\d{1,20})$/i.exec(word)
  if (id?.[1]) return { by: 'id', personId: id[1] }
  const written = address.exec(word)
  if (written?.[1]) return { by: 'email', email: written[1].toLowerCase() }
  const typed = /^@([\p{L}\p{N}._-]{1,80})$/u.exec(word)
  return typed?.[1] ? { by: 'name', name: typed[1] } : undefined
}

const selfWords = ['me', 'my', 'mine', 'myself', 'i']
const teamWords = ['team', 'my team', 'the team', 'our team', 'my reports', 'reports']
const orgWords = ['org', 'my org', 'the org', 'our org', 'organisation', 'organization', 'my organisation', 'my organization']
const allWords = ['all', 'company', 'everyone', 'everybody', 'the company', 'whole company', 'the whole company', 'all teams']

/** The words suggestions are made of. */
export const whoPhrases: readonly string[] = ['me', 'team', 'org', 'company']

/** Reads a whole phrase; `words` keep their case because ids need it. Undefined when it names nobody. */
export function readWhoPhrase(words: readonly string[]): Who | undefined {
  const typed = words.join(' ')
  const phrase = typed.toLowerCase().replace(/'s$/, '')
  if (selfWords.includes(phrase)) return { type: 'me', words: 'me' }
  if (teamWords.includes(phrase)) return { type: 'team', words: 'team' }
  if (orgWords.includes(phrase)) return { type: 'org', words: 'org' }
  if (allWords.includes(phrase)) return { type: 'all', words: 'company' }
  // `@ana's last week`: what follows is no team, so it is about the person.
  const whom = typed.replace(/['’]s$/, '')
  const only = words.length === 1 ? (namedBy(typed) ?? namedBy(whom)) : undefined
  if (only) return { type: 'person', person: only, words: whom }
  const group = userGroupIn(typed)
  if (group) return { type: 'group', group, words: typed }
  const owned = /^(\S+?)(?:['’]s?)? (team|org|organisation|organization)$/iu.exec(typed)
  const of = /^(?:the )?(team|org|organisation|organization) (?:of|under) (\S+)$/iu.exec(typed)
  const whose = namedBy(owned?.[1] ?? of?.[2] ?? '')
  if (!whose) return undefined
  const type = (owned?.[2] ?? of?.[1] ?? '').toLowerCase() === 'team' ? 'team' : 'org'
  return { type, whose, words: typed }
}

/** What a subject is looked up in, narrow on purpose. */
export type WhoSources = UserGroupSources

/** The question a suggestion asks again with another who: the command, and everything typed besides the who. */
export interface Again {
  readonly command: string
  readonly besidesWho: string
}

/** A suggestion that asks the same about somebody else. */
const asking = (again: Again, label: string, who: string): Suggestion => ({
  label: cutText(label, 70),
  command: again.command,
  text: `${who} ${again.besidesWho}`.trim(),
})

/** Where one can always begin: whoever is nobody in Gong has no numbers of their own. */
export const ownNumbers = ({ person }: Pick<Viewer, 'person'>, again: Again = { command: '/gong-stats', besidesWho: '' }): Suggestion =>
  person ? asking(again, 'My numbers', 'me') : asking(again, 'Whom you can see', '')

/**
 * The subject meant. Undefined for guests, outsiders and askers without a match in Gong (an admin, and who views an org: when they mean
 * themself).
 * `again`: what suggestions re-ask.
 * @throws AskError when nobody is found, or the asker has no team: says what to type instead.
 */
export async function resolveWho(
  who: Who,
  viewer: Viewer,
  sources: WhoSources,
  again: Again,
  today: LocalDate,
): Promise<Subject | undefined> {
  const [viewed] = viewer.person ? [] : viewedOrgs(viewer, today)
  // Only members of the company may learn who is in Gong; the policy words the refusal of everybody else.
  if (viewer.standing !== 'member' || (!viewer.person && !viewer.isAdmin && viewed === undefined)) return undefined
  switch (who.type) {
    case 'all':
      return { type: 'company' }
    case 'me':
      return viewer.person && { type: 'person', personId: viewer.person.id }
    case 'person':
      return { type: 'person', personId: await find(who.person, sources, again, '', ownNumbers(viewer, again)) }
    case 'group':
      return subjectOfUserGroup(who.group, sources, [ownNumbers(viewer, again)])
    case 'team':
    case 'org': {
      if (who.whose)
        return leaderSubject(
          who.type,
          await find(who.whose, sources, again, ` ${who.type}`, ownNumbers(viewer, again)),
          sources.chart,
          again,
        )
      if (!viewer.person) return viewed === undefined ? undefined : leaderSubject(who.type, viewed, sources.chart, again)
      return ownGroup(who.type, viewer.person, sources.chart, again)
    }
  }
}

/** A manager's own team; a rep's is the one they are in. */
function ownGroup(type: 'team' | 'org', self: Person, chart: OrgChart, again: Again): Subject {
  if (chart.team(self.id).length > 0) return { type, managerId: self.id }
  const manager = chart.managerAbove(self.id)
  const mine: Suggestion = asking(again, 'My numbers', 'me')
  if (type === 'team' && manager) return { type: 'team', managerId: manager.id }
  if (manager)
    throw new AskError('Gong shows nobody who reports to you, so you have no org. Your team is the one you are in.', [
      mine,
      asking(again, 'My team', 'team'),
    ])
  throw new AskError(
    'Gong shows neither a manager of yours nor anybody who reports to you, so you have no team. An admin can put that right.',
    [mine],
  )
}

function leaderSubject(type: 'team' | 'org', managerId: PersonId, chart: OrgChart, again: Again): Subject {
  if (chart.team(managerId).length > 0) return { type, managerId }
  const person = chart.people.get(managerId)
  const manager = chart.managerAbove(managerId)
  throw new AskError(`Nobody reports to ${person?.name ?? 'that person'} in Gong, so there is no ${type} of theirs.`, [
    asking(again, 'Their numbers', `gong:${managerId}`),
    ...(manager ? [asking(again, 'The team they are in', `gong:${manager.id} team`)] : []),
  ])
}

/** `instead`: offered where nobody is found. */
async function find(named: Named, sources: WhoSources, again: Again, group: string, instead: Suggestion): Promise<PersonId> {
  const { chart } = sources
  if (named.by === 'mention') {
    const personId = await sources.personOfSlackUser(named.slackUserId)
    if (personId !== undefined && chart.people.has(personId)) return personId
    throw new AskError(
      `I could not find @${named.shown} in Gong: no Gong user carries their Slack e-mail address. An admin can link the two.`,
      [instead],
    )
  }
  if (named.by === 'id') {
    if (chart.people.has(named.personId)) return named.personId
    throw new AskError('That person is no longer in Gong.', [instead])
  }
  if (named.by === 'email') {
    const found = [...chart.people.values()].filter((person) => person.emails.includes(named.email))
    const [only] = found
    if (only && found.length === 1) return only.id
    const why =
      found.length > 1
        ? `${found.length} people in Gong carry ${named.email}, so I cannot tell whom you mean.`
        : `I could not find ${named.email} in Gong.`
    throw new AskError(`${why} Mention the person with @, so that Slack tells me who it is.`, [instead])
  }
  const found = await called(named.name, chart.active)
  const [only] = found.named
  // A name only one person could be meant by is an answer; whether the asker may see it is asked as for a mention.
  if (only && found.named.length === 1 && found.perhaps.length === 0) return only.id
  throw await notMentioned(named.name, chart, again, group, instead)
}

/** A name that could be several people's is never guessed: the nearest become buttons. `group` is put after the name again. */
async function notMentioned(name: string, chart: OrgChart, again: Again, group: string, instead: Suggestion): Promise<AskError> {
  const found = await peopleCalled(name, chart)
  const offered = found.slice(0, 3)
  const apart = namesApart(offered, chart)
  const suggestions = offered.map((person) => asking(again, apart(person), `gong:${person.id}${group}`))
  const opening =
    found.length === 0
      ? `I know nobody and no period called "${name}". Say who (me, @person, team, company) and when (last week, November, 1-15 Nov), in any order.`
      : found.length === 1
        ? `I know nobody called "${name}": did you mean ${offered.map(apart).join('; ')}?`
        : `"${name}" could be more than one person: did you mean ${offered.map(apart).join('; ')}?`
  return new AskError(`${opening} Mention the person with @ and pick them from Slack's list.`, [
    ...suggestions,
    ...(found.length === 0 ? [instead, { label: 'Help', command: again.command, text: 'help' }] : []),
  ])
}

/** Active people whom the text may name; those it names for certain come first. */
export async function peopleCalled(name: string, chart: OrgChart): Promise<readonly Person[]> {
  const { named, perhaps } = await called(name, chart.active)
  return [...named, ...perhaps]
}
