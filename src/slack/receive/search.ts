// What a search input offers for the text typed so far. A search that fails offers nothing: Slack has no place for words there.

import type { Choice } from '../../render/modal.ts'
import { longestSearch, mustFit } from './bounds.ts'
import { handlerOf, pressOf } from './outcome.ts'
import type { PressFacts } from './payload.ts'
import type { ReceiveDeps } from './receive-deps.ts'

export async function receiveSearch(query: string, facts: PressFacts, deps: ReceiveDeps): Promise<readonly Choice[]> {
  const handler = handlerOf(facts.actionId, deps)
  if (!handler?.options) return []
  try {
    mustFit(facts)
    const press = await pressOf(facts, deps)
    return press.viewer.standing === 'member' ? await handler.options(query.slice(0, longestSearch), press, deps.services) : []
  } catch (error) {
    deps.log.error({ err: error, name: handler.id }, 'a search could not be answered')
    return []
  }
}
