// Why something is not posted and what to do about it: the one wording that editor, notices, Share, history and the doctor use.

import type { GateReason, HoldReason } from '../../domain/hold-reason.ts'

/** A clause such as `that channel is archived`. `people`: how many readers stand in the way; missing where nobody counted them. */
export function whyClosed(reason: GateReason, channel: string, people?: number): string {
  const count = (one: string, many: string) => (people === undefined ? many : people === 1 ? one : `${people} ${many}`)
  switch (reason) {
    case 'not-member':
      return `the bot is not in ${channel}`
    case 'archived':
      return `${channel} is archived`
    case 'shared':
      return `${channel} is shared with another company, or about to be`
    case 'outsiders':
      return `${count('somebody', 'people')} of another company can read ${channel}`
    case 'guests':
      return `${count('a guest', 'guests')} can read ${channel}`
  }
}

/** A sentence such as `Choose a channel without guests.` */
export function whenClosed(reason: GateReason, botName: string): string {
  switch (reason) {
    case 'not-member':
      return `Type /invite @${botName} in that channel, then press Retry.`
    case 'archived':
      return 'Choose another channel.'
    case 'shared':
    case 'outsiders':
      return 'Figures never go there, and nobody can allow it. Choose another channel.'
    case 'guests':
      return 'Choose a channel without guests, or ask an admin.'
  }
}

/** As {@link whyClosed}, for a digest and every reason it can be held for. */
export function whyHeld(reason: HoldReason, channel: string, people?: number): string {
  switch (reason) {
    case 'owner-rights':
      return 'its owner may not see these figures any more'
    case 'recipient':
      return 'its reader may not see these figures'
    case 'subject-left':
      return 'the person or team it is about is not there any more'
    default:
      return whyClosed(reason, channel, people)
  }
}

/** What its owner can do about a digest that is held. */
export function whenHeld(reason: HoldReason, botName: string): string {
  switch (reason) {
    case 'owner-rights':
      return 'Your manager or an admin is asked to take it over.'
    case 'recipient':
      return 'Choose another reader.'
    case 'subject-left':
      return 'Choose another one, or delete it.'
    default:
      return whenClosed(reason, botName)
  }
}

/** A clause as a sentence: `That channel is archived.` */
export const asSentence = (clause: string): string => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`
