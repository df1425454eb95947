// The Gong part of the doctor in words: whether Gong answers, as what, what the key may read, what was settled, and what to do.
import { type CheckedOperation, type Fact, type FactFrom, type GongCheck, isGivenUp, type OperationCheck } from '../../gong/check/check.ts'
import type { CheckFailure } from '../../gong/check/failure.ts'
import type { Finding } from './finding.ts'

const contracts = { documented: 'the documented contract', live: "Gong's own service as it answers today" } as const
const sources: Readonly<Record<FactFrom, string>> = { given: 'set by you', remembered: 'settled earlier', found: 'found out just now' }
const credentialNames = { basic: 'access key', bearer: 'fixed access token', oauth: 'OAuth' } as const

/** `now`: the remaining life of a fixed token is counted from here. */
export function gongFindings(check: GongCheck, now: Date): Finding[] {
  const findings: Finding[] = check.problems.map((says) => ({ area: 'Gong', state: 'to fix', says }))
  const good = (says: string) => findings.push({ area: 'Gong', state: 'good', says })
  const fix = (says: string, remedy: string) => findings.push({ area: 'Gong', state: 'to fix', says, remedy })

  if (check.failure) fix(`Gong does not answer as it should: ${inWords(check.failure)}`, remedyFor(check.failure))
  if (check.contract)
    good(
      `Gong answers with ${contracts[check.contract.value]} (${sources[check.contract.from]}); credentials: ${credentialNames[check.credentials]}.`,
    )
  for (const { operation, scope, answer } of check.operations) {
    if (!answer.ok)
      fix(`Reading ${operation}: ${inWords(answer.failure)}${lostWords(operation, answer.failure)}`, remedyFor(answer.failure, scope))
    else if (answer.quarantined > 0)
      findings.push({
        area: 'Gong',
        state: 'worth knowing',
        says: `Reading ${operation} works; ${answer.quarantined} records with impossible values were set aside.`,
      })
  }
  const isOver = isGivenUp(check.operations)
  if (isOver) findings.push({ area: 'Gong', state: 'worth knowing', says: 'Nothing further was asked of Gong after that.' })
  else findings.push(...partly(check))
  const working = check.operations.filter(({ answer }) => answer.ok)
  if (working.length > 0) good(`The key may read ${working.map(({ operation }) => operation).join(', ')}.`)
  findings.push(...seen(check, working), ...lacking(check), ...settled(check))
  if (check.bearerEndsAt) findings.push(tokenEnd(check.bearerEndsAt, now))
  return findings
}

/** What goes on without, and what does not: said where the key may not read it. */
const lost: Readonly<Record<CheckedOperation, string>> = {
  people: 'Without it nobody is known: grant it, or give PEOPLE_FILE.',
  activity: 'Lost without it: calls hosted and attended, comments, listening.',
  'daily activity': 'Lost without it: activity by day.',
  interaction: 'Lost without it: talk ratio, monologues, patience, interactivity.',
  scorecards: 'Lost without it: scorecards, and coverage of coaching by them.',
  coaching: "Lost without it: Gong's coaching counts; coverage rests on scorecards alone.",
  'scorecard questions': 'Lost without it: names and scales of scorecard questions.',
  workspaces: "Lost without it: Gong's coaching counts, unless GONG_WORKSPACE_ID names the workspaces.",
}

const lostWords = (operation: CheckedOperation, { status, missingScope }: CheckFailure): string =>
  missingScope || status === 403 ? ` ${lost[operation]}` : ''

/** Workspaces the key may not enter, and coaching that could not be asked for because nobody is known. */
function partly({ operations }: GongCheck): Finding[] {
  const coaching = operations.find(({ operation }) => operation === 'coaching')?.answer
  if (coaching?.ok && coaching.closedWorkspaces) {
    const { closed, of } = coaching.closedWorkspaces
    return [
      {
        area: 'Gong',
        state: 'to fix',
        says: `Gong gives the coaching of ${of - closed} of ${of} workspaces; counts are without the others, and say so.`,
        remedy: "Let the key's owner into every workspace in Gong, or name those that count in GONG_WORKSPACE_ID.",
      },
    ]
  }
  const wasAsked = coaching !== undefined || operations.every(({ operation }) => operation !== 'interaction')
  return wasAsked
    ? []
    : [{ area: 'Gong', state: 'worth knowing', says: 'Coaching was not asked for: it needs the id of a manager, and Gong names none.' }]
}

/** What the key may read and this tenant does not have. */
function lacking({ operations, lacksTalkRatio }: GongCheck): Finding[] {
  const findings: Finding[] = []
  const settings = operations.find(({ operation }) => operation === 'scorecard questions')?.answer
  if (settings?.ok && settings.records === 0)
    findings.push({
      area: 'Gong',
      state: 'worth knowing',
      says: 'The key may read scorecards, and this tenant has none: scorecards are a paid seat in Gong. Everything else goes on.',
    })
  if (lacksTalkRatio)
    findings.push({
      area: 'Gong',
      state: 'worth knowing',
      says: 'Gong gives interaction figures, but no talk ratio in any of them. Messages say so and begin with what there is.',
      remedy: "Ask Gong's support why POST /stats/interaction names no Talk Ratio for this tenant.",
    })
  return findings
}

function seen({ activePeople, callsLastWeek }: GongCheck, working: readonly OperationCheck[]): Finding[] {
  const findings: Finding[] = []
  if (activePeople !== undefined)
    findings.push({ area: 'Gong', state: activePeople > 0 ? 'good' : 'to fix', says: `It sees ${activePeople} active people.` })
  if (callsLastWeek === undefined) return findings
  if (callsLastWeek > 0)
    findings.push({ area: 'Gong', state: 'good', says: `It sees ${callsLastWeek} calls hosted in the last seven days.` })
  else if (working.length > 0)
    findings.push({
      area: 'Gong',
      state: 'worth knowing',
      says: 'It sees no calls in the last seven days.',
      remedy: 'A key whose owner may not see calls gets the same answer: check the permission profile in Gong.',
    })
  return findings
}

function settled({ zone, talkRatioUnit, coachingRows }: GongCheck): Finding[] {
  const fact = <T extends string>(what: string, found: Fact<T> | undefined, variable: string): Finding =>
    found
      ? { area: 'Gong', state: 'good', says: `${what}: ${found.value} (${sources[found.from]}; ${variable} overrides).` }
      : { area: 'Gong', state: 'worth knowing', says: `${what}: not settled yet (${variable} sets it).` }
  return [
    ...(zone ? [fact('Days are counted in', zone, 'GONG_TIME_ZONE')] : []),
    fact('Talk ratios come as', talkRatioUnit, 'GONG_TALK_RATIO_UNIT'),
    fact('Coaching rows are', coachingRows, 'GONG_COACHING_ROWS'),
  ]
}

function tokenEnd(endsAt: Date, now: Date): Finding {
  const hours = Math.floor((endsAt.getTime() - now.getTime()) / 3_600_000)
  const remedy = 'A fixed token lasts about a day. Use an access key, or OAuth: npm run gong-login.'
  if (hours < 0) return { area: 'Gong', state: 'to fix', says: 'GONG_ACCESS_TOKEN has probably ended.', remedy }
  return { area: 'Gong', state: 'worth knowing', says: `GONG_ACCESS_TOKEN ends in about ${hours} h.`, remedy }
}

function inWords({ says, requestId }: CheckFailure): string {
  return `${says}${requestId ? ` (Gong's request id ${requestId})` : ''}.`
}

function remedyFor({ type, status, missingScope, retryAfterMs, paths = [] }: CheckFailure, scope?: string): string {
  if (missingScope) return `Give the key the scope ${missingScope} in Gong.`
  if (type === 'rate-limited')
    return `Run the doctor again in ${Math.ceil((retryAfterMs ?? 60_000) / 60_000)} min; other integrations may share the company's allowance.`
  if (type === 'unavailable') return 'Check GONG_BASE_URL, HTTPS_PROXY and the network of this machine; Gong itself may be down.'
  if (type === 'surprise' && paths.some((path) => path.endsWith('Talk Ratio')))
    return 'If this Gong gives talk ratios in percent, set GONG_TALK_RATIO_UNIT=percent.'
  if (type === 'surprise') return 'Check GONG_BASE_URL and GONG_API; something else than Gong may answer there.'
  if (status === 401)
    return `The credential is expired or revoked, lacks ${scope ?? 'a scope'}, or is of another host than GONG_BASE_URL: make a new one in Gong.`
  if (status === 403) return `The credential may not do this${scope ? `: give it ${scope} in Gong` : ''}.`
  if (status === 404) return 'Nothing like that is at this address: check GONG_BASE_URL and GONG_API.'
  return "Gong's own words above say what it did not like; quote the request id to Gong's support."
}
