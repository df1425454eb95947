// The bounds of everything a payload carries beside typed text. Slack's own forms stay within them; a signed request that does not gets
// words and reaches no handler.

import { AskError } from '../../errors.ts'
import type { PressFacts } from './payload.ts'

/** Slack's limit of a text input without one of its own, and of a form's private metadata. */
const longestInput = 3000
/** Slack's limit of a list's options. */
const mostChosen = 100
/** Slack's limit of a button's value. */
const longestValue = 2000
/** Slack's limit of ids. */
const longestId = 255
/** No option is longer, so no longer text can find one. */
export const longestSearch = 75

/** The sentences for inputs that are longer than a form allows, by input id. */
export function inputsTooLong({ inputs }: Pick<PressFacts, 'inputs'>): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {}
  for (const [id, value] of Object.entries(inputs)) {
    const texts = typeof value === 'string' ? [value] : (value ?? [])
    if (texts.length > mostChosen) problems[id] = `Choose at most ${mostChosen}.`
    else if (texts.some((text) => text.length > longestInput))
      problems[id] = `Write at most ${longestInput.toLocaleString('en')} characters.`
  }
  return problems
}

/** @throws AskError when a press carries more than a button or form of ours can hold */
export function mustFit(facts: PressFacts): void {
  const ids = [facts.actionId, facts.channelId, facts.messageTs, facts.viewId, facts.viewHash, facts.threadTs, ...Object.keys(facts.inputs)]
  const fits =
    (facts.value ?? '').length <= longestValue &&
    (facts.privateMetadata ?? '').length <= longestInput &&
    Object.keys(facts.inputs).length <= mostChosen &&
    ids.every((id) => (id ?? '').length <= longestId)
  if (!fits) throw new AskError('That carries more than a button or form of mine can hold. Open it again.')
  const [problem] = Object.values(inputsTooLong(facts))
  if (problem !== undefined && facts.from !== 'submission') throw new AskError(problem)
}
