// The second part of the setup: Gong's address and credentials, tried at Gong until they work.

import type { GongCheck } from '../../gong/check/check.ts'
import { describeGong } from '../../gong/check/check.ts'
import { gongOptions } from '../../options.ts'
import { exitCodeOf, printFindings } from '../doctor/finding.ts'
import { gongFindings } from '../doctor/gong-findings.ts'
import type { Prompts } from '../prompts.ts'
import { configOf, type SetupDeps, type Values } from './setup-deps.ts'

export async function setUpGong(deps: SetupDeps, slack: Values): Promise<Values> {
  const { prompts, known } = deps
  let first = true
  for (;;) {
    const values = await askGong(deps, first)
    first = false
    const check = await prompts.working('Asking Gong', () => checkGong(deps, { ...slack, ...values }))
    // A zone Gong does not state is asked for in the next step.
    const findings = gongFindings(
      { ...check, problems: check.problems.filter((problem) => !problem.startsWith('GONG_TIME_ZONE')) },
      deps.around.clock.now(),
    )
    prompts.say(printFindings(findings), 'Gong')
    if (check.contract !== undefined && exitCodeOf(findings) === 0) return { ...values, GONG_TIME_ZONE: known.GONG_TIME_ZONE }
    const answered = check.operations.some(({ answer }) => answer.ok)
    if (answered && (await prompts.confirm({ message: 'Go on with what works?', initial: false })))
      return { ...values, GONG_TIME_ZONE: known.GONG_TIME_ZONE }
  }
}

async function askGong({ prompts, known }: SetupDeps, offerKnown: boolean): Promise<Values> {
  const oauth = known.GONG_REFRESH_TOKEN !== undefined
  if (offerKnown && (oauth || known.GONG_ACCESS_TOKEN || (known.GONG_ACCESS_KEY && known.GONG_ACCESS_KEY_SECRET))) {
    if (await prompts.confirm({ message: 'Gong: credentials are set. Keep them?', initial: true }))
      return { GONG_BASE_URL: known.GONG_BASE_URL }
  }
  prompts.say(
    'In Gong: Company settings → Ecosystem → API. The page shows the address of your API and makes an access key with its secret.\nFor OAuth instead, leave here and run: npm run gong-login',
    'Gong',
  )
  const baseUrl = await askAddress(prompts, known.GONG_BASE_URL ?? 'https://api.gong.io/v2')
  const accessKey = (await prompts.secret({ message: 'Access key' })).trim()
  const accessKeySecret = (await prompts.secret({ message: 'Access key secret' })).trim()
  return {
    GONG_BASE_URL: baseUrl,
    GONG_ACCESS_KEY: accessKey,
    GONG_ACCESS_KEY_SECRET: accessKeySecret,
    GONG_ACCESS_TOKEN: undefined,
    GONG_REFRESH_TOKEN: undefined,
    GONG_CLIENT_ID: undefined,
    GONG_CLIENT_SECRET: undefined,
  }
}

async function askAddress(prompts: Prompts, initial: string): Promise<string> {
  for (;;) {
    const address = (await prompts.text({ message: 'Address of the API', initial })).trim() || initial
    if (/^https?:$/.test(URL.parse(address)?.protocol ?? '')) return address
    prompts.warn('A whole address is needed, beginning with https://')
  }
}

async function checkGong(deps: SetupDeps, values: Values): Promise<GongCheck> {
  const nothingYet = { credentials: 'basic', operations: [] } as const
  if (values.GONG_ACCESS_KEY === '' || values.GONG_ACCESS_KEY_SECRET === '')
    return { ...nothingYet, problems: ['Key and secret are both needed.'] }
  return describeGong(gongOptions(configOf(deps, values), deps.scratch, deps.around))
}
