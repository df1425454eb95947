// Deletes everything kept about a person, who may be in Slack alone, and says what went and what stays. Knows no terminal.
import type { Person, PersonId } from '../../domain/person.ts'
import { type Claims, claimantOf, claimsIn } from '../../domain/slack-claims.ts'
import type { SlackMember } from '../../domain/slack-member.ts'
import { AskError } from '../../errors.ts'
import type { Store } from '../../store/store.ts'

export interface Forgetting {
  /** Missing for who is in Slack alone. */
  readonly personId?: string
  /** Rows deleted or cleared, by table. */
  readonly rows: Readonly<Record<string, number>>
  /** Active Slack users they were linked to once, or with the address of one, which are kept. */
  readonly unsure: readonly string[]
}

/**
 * `whom`: an e-mail in Gong or Slack, a Gong id or a Slack id. `slackOnly`: whoever asks knows that the Slack user is nobody in Gong.
 * @throws AskError when nobody, or more than one person, is meant, and when somebody in Slack could be somebody in Gong.
 */
export async function forget(whom: string, store: Pick<Store, 'people' | 'directory'>, { slackOnly = false } = {}): Promise<Forgetting> {
  const wanted = whom.trim().toLowerCase()
  const { people } = await store.people.chart()
  const members = await store.directory.all()
  const inSlack = members.filter(({ slackUserId, email }) => slackUserId.toLowerCase() === wanted || email?.toLowerCase() === wanted)
  const claims = claimsIn(people.values())
  const matched = new Set(inSlack.flatMap((member) => claimantOf(member, claims)?.id ?? []))
  const found = [...people.values()].filter(
    ({ id, emails, slackUserId }) =>
      id === wanted || emails.some((email) => email.toLowerCase() === wanted) || slackUserId?.toLowerCase() === wanted || matched.has(id),
  )
  const [person, ...others] = found
  if (others.length > 0)
    throw new AskError(`This fits ${found.length} people. Use the Gong id instead: ${found.map(({ id }) => id).join(', ')}.`)
  if (person && slackOnly) throw new AskError(`They are ${person.id} in Gong. Forget them with ${typed(person.id)}.`)
  if (person) return { personId: person.id, ...(await store.people.forget(person.id, '')) }
  // Of who left the directory, roles and what they looked at may be kept all the same.
  const slackUserIds = inSlack.length === 0 && isSlackId(whom.trim()) ? [whom.trim()] : idsWithAddresses(inSlack, members, claims)
  if (slackUserIds.length === 0)
    throw new AskError(
      'Nobody with this e-mail, Gong id or Slack id is kept here. Aliases work too; so does the Slack id of who left Slack.',
    )
  const possible = slackOnly ? [] : await couldBe(slackUserIds, members, people, store)
  if (possible.length > 0)
    throw new AskError(
      `${slackUserIds.join(', ')} could be somebody in Gong, by an e-mail address or a link of now or before: ${possible.join(', ')}. Forget a person with their Slack users: ${possible.map(typed).join(' or ')}. Where it is none of them: ${slackUserIds.map((id) => `${typed(id)} --slack-only`).join(' and ')}.`,
    )
  return { rows: await store.people.forgetSlackUsers(slackUserIds, ''), unsure: [] }
}

const typed = (id: string): string => `npm run forget -- ${id}`

/** Gong ids of whoever has the address of one of these Slack users, or is or was linked to one of them or to who shares their address. */
async function couldBe(
  slackUserIds: readonly string[],
  members: readonly SlackMember[],
  people: ReadonlyMap<PersonId, Person>,
  store: Pick<Store, 'people'>,
): Promise<readonly PersonId[]> {
  const addresses = new Set(members.flatMap((member) => (slackUserIds.includes(member.slackUserId) ? addressOf(member) : [])))
  const alike = members.filter((member) => addressOf(member).some((address) => addresses.has(address)))
  const theirs = new Set([...slackUserIds, ...alike.map(({ slackUserId }) => slackUserId)])
  const linkedBefore = await store.people.linkedBefore([...theirs])
  return [...people.values()]
    .filter(
      ({ id, emails, slackUserId }) =>
        emails.some((email) => addresses.has(email.toLowerCase())) ||
        (slackUserId !== undefined && theirs.has(slackUserId)) ||
        linkedBefore.has(id),
    )
    .map(({ id }) => id)
}

/** None or one. */
const addressOf = ({ email }: SlackMember): readonly string[] => (email ? [email.toLowerCase()] : [])

/** With former users of the same address, where nobody in Gong claims them. */
function idsWithAddresses(
  found: readonly SlackMember[],
  members: readonly SlackMember[],
  { byEmail, bySlackId }: Claims,
): readonly string[] {
  const addresses = new Set(found.flatMap(addressOf).filter((address) => !byEmail.has(address)))
  const alike = members.filter(
    (member) => addressOf(member).some((address) => addresses.has(address)) && !bySlackId.has(member.slackUserId),
  )
  return [...new Set([...found, ...alike].map(({ slackUserId }) => slackUserId))]
}

const isSlackId = (text: string): boolean => /^[UW][A-Z0-9]{2,20}$/.test(text)

/** For the terminal: counts by table, and what no database can take back. */
export function forgettingInWords({ personId, rows, unsure }: Forgetting): string {
  const tables = Object.entries(rows).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return [
    'Deleted or cleared, rows by table:',
    ...(tables.length === 0 ? ['  none: nothing of them was kept'] : []),
    ...tables.map(([table, count]) => `  ${table.padEnd(20)} ${count}`),
    '',
    ...unsure.map(
      (id) =>
        `Kept: ${id}, linked to them once or with the address of one that was. Nothing says that it is theirs, not even the same name; if it is, run this again with that Slack id instead of the e-mail.`,
    ),
    personId === undefined
      ? 'They were forgotten as somebody in Slack who is nobody in Gong. Only a keyed hash of the Slack id stays, so that later answers of Slack leave the person out.'
      : 'Only a keyed hash of the Gong id stays, and of the ids of their Slack users, so that later answers of Gong and Slack leave the person out.',
    'What was posted stays in Slack until it is deleted there: digests to channels and managers, answers people kept open.',
    'In the access log of colleagues the person is "a forgotten person" from now on, until those lines are pruned.',
    ...(personId === undefined ? [] : ["A programme for the person's own org is deleted with its digests."]),
    'Digests they had set up for others wait for somebody to take them over.',
    'Gong keeps its own data: ask its administrators. Backups of the database keep theirs until they are rotated.',
  ].join('\n')
}
