// The way from nothing to a checked `.env`: asks one question after another and tries each answer at once, at Slack and at Gong.
// Knows neither terminal nor file: it asks through Prompts and returns what to keep.
import { configOf, type SetupDeps, type Values } from './setup-deps.ts'
import { setUpGong } from './setup-gong.ts'
import { setUpPeople } from './setup-people.ts'
import { setUpSlack } from './setup-slack.ts'

/** What to write; names whose value is undefined are removed. @throws Cancelled */
export async function setUp(deps: SetupDeps): Promise<Values> {
  const values: Values = { ...(await setUpSlack(deps)) }
  Object.assign(values, await setUpGong(deps, values))
  Object.assign(values, await setUpPeople(deps, configOf(deps, values)))
  return values
}
