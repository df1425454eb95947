// Who of Gong is found in Slack, in words: matched people, two with one e-mail, and whether anybody administers the bot. Counts only;
// two people with one address are named by their Gong ids, which say nothing to an outsider.
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
  const shared = sharedEmails(chart)
  if (shared.length > 0)
    findings.push({
      area: 'people',
      state: 'to fix',
      says: `${shared.length === 1 ? 'One e-mail belongs' : `${shared.length} e-mails belong`} to two people in Gong, who are therefore not matched (Gong ids ${shared.map((ids) => ids.join(' and ')).join('; ')}).`,
      remedy: 'Put it right in Gong, or link each of them from Home.',
    })
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

/** Groups of Gong ids that carry the same address; only people who work here. */
function sharedEmails(chart: OrgChart): string[][] {
  const byEmail = new Map<string, Set<string>>()
  for (const { id, emails } of chart.active)
    for (const email of emails) {
      const ids = byEmail.get(email.toLowerCase()) ?? new Set<string>()
      byEmail.set(email.toLowerCase(), ids.add(id))
    }
  return [...byEmail.values()].filter((ids) => ids.size > 1).map((ids) => [...ids])
}
