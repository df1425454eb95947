// What people read when a role begins or ends: whoever gets it, and the person whose figures it opens.
import type { Grant } from '../domain/policy.ts'
import { askButton } from '../render/ask-button.ts'
import type { Message } from '../render/message.ts'
import { oneSentenceMessage } from '../render/one-sentence-message.ts'

export interface RoleWords {
  readonly type: Grant['type']
  readonly until: string | undefined
  /** Names are untrusted text. */
  readonly holder: string
  readonly subject: string
  readonly admin: string
}

const untilWords = ({ until }: RoleWords): string => (until === undefined ? '' : ` until ${until}`)

export const toHolder = (role: RoleWords): Message =>
  oneSentenceMessage(
    role.type === 'coach'
      ? `You can now see the figures of ${role.subject} as their coach${untilWords(role)}. ${role.admin} gave you this role; ${role.subject} is notified too.`
      : `You can now see ${role.subject} and everybody below by name${untilWords(role)}. ${role.admin} gave you this role; ${role.subject} is notified too.`,
  )

export const toSubject = (role: RoleWords): Message =>
  oneSentenceMessage(
    role.type === 'coach'
      ? `${role.holder} can now see your figures as your coach${untilWords(role)}. ${role.admin} gave them this role.`
      : `${role.holder} can now see you and everybody below you by name${untilWords(role)}. ${role.admin} gave them this role.`,
    [askButton('Who has seen my numbers', '/gong-stats who saw me', 'seen')],
  )

export const endedToHolder = (role: RoleWords): Message =>
  oneSentenceMessage(
    role.type === 'coach'
      ? `Your role as coach of ${role.subject} has ended: you no longer see their figures.`
      : `Your role as viewer of ${role.subject} and everybody below has ended.`,
  )

export const endedToSubject = (role: RoleWords): Message =>
  oneSentenceMessage(
    role.type === 'coach'
      ? `${role.holder} is no longer your coach here and no longer sees your figures by that role.`
      : `${role.holder} no longer sees you and everybody below you by that role.`,
  )
