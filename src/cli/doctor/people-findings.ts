// Who of Gong is found in Slack, in words: matched people, several with one e-mail or one Slack user, and whether anybody administers the bot.
// Counts only; people who share something are named by their Gong ids, which say nothing to an outsider.
import type { Person } from '../../domain/person.ts'
import type { OrgChart } from '../../domain/team.ts'
import type { Finding } from './finding.ts'

export interface PeopleSeen {
  readonly chart: OrgChart
  /** Ids of Gong people who have a Slack user. */
  readonly matched: ReadonlySet<string>
  /** Slack users who administer the bot. */
  readonly admins: number
  readonly adminsConfigured: number
}

export function peopleFindings({ chart, matched, admins, adminsConfigured }: PeopleSeen): Finding[] {
  const findings: Finding[] = []
  const active = chart.active.length
  const found = chart.active.filter(({ id }) => matched.has(id)).length
  if (active === 0)
    findings.push({
      area: 'people',
      state: 'to fix',
      says: 'Gong shows nobody.',
      remedy: 'Check what the key may see, or use PEOPLE_FILE.',
    })
  else if (found === 0)
    findings.push({
      area: 'people',
      state: 'to fix',
      says: `None of ${active} people has a Slack user with the same e-mail.`,
      remedy: 'Check that the token is of the right workspace, or link people with PEOPLE_FILE.',
    })
  else
    findings.push({
      area: 'people',
      state: found === active ? 'good' : 'worth knowing',
      says: `${found} of ${active} people are matched to a Slack user; ${chart.managers.length} of them lead a team.`,
      ...(found < active && { remedy: 'Link the others from the bot’s Home tab (admins), or with PEOPLE_FILE.' }),
    })
  findings.push(...sharedFindings(chart))
  findings.push(adminFinding(admins, adminsConfigured))
  return findings
}

function adminFinding(admins: number, adminsConfigured: number): Finding {
  if (admins > 0)
    return { area: 'people', state: admins < adminsConfigured ? 'worth knowing' : 'good', says: adminWords(admins, adminsConfigured) }
  return {
    area: 'people',
    state: 'to fix',
    says: adminsConfigured === 0 ? 'Nobody administers the bot.' : 'None of ADMINS is a member of this workspace.',
    remedy: 'Set ADMINS to at least one e-mail or Slack id: without one nobody can link people or see the company.',
  }
}

const adminWords = (admins: number, configured: number): string =>
  admins < configured
    ? `${admins} of the ${configured} in ADMINS are members of this workspace.`
    : `${admins} ${admins === 1 ? 'person administers' : 'people administer'} the bot.`

function sharedFindings({ active }: OrgChart): Finding[] {
  const emails = sharing(active, (person) => person.emails.map((email) => email.toLowerCase()))
  const links = sharing(active, ({ slackUserId }) => (slackUserId === undefined ? [] : [slackUserId]))
  return [
    ...(emails.length === 0
      ? []
      : [
          {
            area: 'people',
            state: 'to fix',
            says: `${emails.length === 1 ? 'One e-mail belongs' : `${emails.length} e-mails belong`} to several people in Gong, who are therefore not matched (${idsIn(emails)}).`,
            remedy: 'Put it right in Gong, or link each of them from Home.',
          } as const,
        ]),
    ...(links.length === 0
      ? []
      : [
          {
            area: 'people',
            state: 'to fix',
            says: `${links.length === 1 ? 'One Slack user is' : `${links.length} Slack users are`} linked to several people in Gong, and therefore matched to none of them (${idsIn(links)}).`,
            remedy: 'Link the right person from Home (admins), which ends the other links; or correct PEOPLE_FILE.',
          } as const,
        ]),
  ]
}

const idsIn = (groups: readonly (readonly string[])[]): string => `Gong ids ${groups.map((ids) => ids.join(' and ')).join('; ')}`

/** Groups of Gong ids with the same key; only people who work here. */
function sharing(active: OrgChart['active'], keysOf: (person: Person) => readonly string[]): string[][] {
  const byKey = new Map<string, Set<string>>()
  for (const person of active) for (const key of keysOf(person)) byKey.set(key, (byKey.get(key) ?? new Set<string>()).add(person.id))
  return [...byKey.values()].filter((ids) => ids.size > 1).map((ids) => [...ids])
}
