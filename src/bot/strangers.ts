// Guests and people of other companies get one sentence wherever they type, press or open something: no form, no button, no list.
import type { Viewer } from '../domain/policy.ts'
import { AskError } from '../errors.ts'

const sentences: Readonly<Record<Exclude<Viewer['standing'], 'member'>, string>> = {
  guest: 'Call figures are for full members of this workspace; guest accounts see none. Ask whoever invited you.',
  outside: 'Call figures are for people of this company only.',
}

/** The sentence for somebody who may use nothing here; undefined for members. */
export const strangerSentence = (standing: Viewer['standing']): string | undefined =>
  standing === 'member' ? undefined : sentences[standing]

/** @throws AskError for guests and people of other companies */
export function mustBeMember({ standing }: { readonly standing: Viewer['standing'] }): void {
  const sentence = strangerSentence(standing)
  if (sentence !== undefined) throw new AskError(sentence)
}
