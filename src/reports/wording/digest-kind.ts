// What each kind of digest is called, everywhere a person reads of it.
import type { DigestKind } from '../../domain/subscription.ts'

/** `team digest`, as inside a sentence. */
export const digestKindWords: Readonly<Record<DigestKind, string>> = {
  team: 'team digest',
  personal: 'personal digest',
  manager: 'manager digest',
  org: 'org digest',
  company: 'company digest',
  reminder: 'coaching reminder',
}

/** `team digest of Priya Nair's team`, `coaching reminder for Ana Diaz`, `company digest`. `about` is untrusted text. */
export const digestWords = (kind: DigestKind, about: string): string =>
  kind === 'company' ? digestKindWords.company : `${digestKindWords[kind]} ${kind === 'reminder' ? 'for' : 'of'} ${about}`
