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
  /** By what they are now, whoever holds the role sees whom it opens: also by the tree, another role, or as an admin. */
  readonly sees: boolean
}

const untilWords = ({ until }: RoleWords): string => (until === undefined ? '' : ` until ${until}`)

const onceLinked = 'linked to an active person in Gong'
const otherwise = (whose: 'their' | 'your'): string => `in another way: as ${whose} manager, by another role or as an admin`

export const toHolder = (role: RoleWords): Message => {
  const { subject, admin } = role
  const notified = `${subject} is notified too.`
  const given = `${admin} gave you this role; ${notified}`
  const waits = `once you are ${onceLinked}, which an admin can do. ${notified}`
  if (role.type === 'coach')
    return oneSentenceMessage(
      role.sees
        ? `You can now see the figures of ${subject} as their coach${untilWords(role)}. ${given}`
        : `${admin} made you coach of ${subject}${untilWords(role)}. You will see their figures ${waits}`,
    )
  return oneSentenceMessage(
    role.sees
      ? `You can now see ${subject} and everybody below by name${untilWords(role)}. ${given}`
      : `${admin} made you viewer of ${subject} and everybody below${untilWords(role)}. You will see them by name ${waits}`,
  )
}

export const toSubject = (role: RoleWords): Message => {
  const { holder, admin } = role
  const given = `${admin} gave them this role.`
  const seen = [askButton('Who has seen my numbers', '/gong-stats who saw me', 'seen')]
  if (role.type === 'coach')
    return oneSentenceMessage(
      role.sees
        ? `${holder} can now see your figures as your coach${untilWords(role)}. ${given}`
        : `${admin} made ${holder} your coach here${untilWords(role)}. They will see your figures once they are ${onceLinked}.`,
      seen,
    )
  return oneSentenceMessage(
    role.sees
      ? `${holder} can now see you and everybody below you by name${untilWords(role)}. ${given}`
      : `${admin} made ${holder} viewer of you and everybody below you${untilWords(role)}. They will see you by name once they are ${onceLinked}.`,
    seen,
  )
}

export const endedToHolder = ({ type, subject, sees }: RoleWords): Message =>
  oneSentenceMessage(
    type === 'coach'
      ? `Your role as coach of ${subject} has ended${sees ? `. You still see their figures ${otherwise('their')}.` : ': you no longer see their figures.'}`
      : `Your role as viewer of ${subject} and everybody below has ended.${sees ? ` You still see them by name ${otherwise('their')}.` : ''}`,
  )

export const endedToSubject = ({ type, holder, sees }: RoleWords): Message =>
  oneSentenceMessage(
    type === 'coach'
      ? `${holder} is no longer your coach here and ${sees ? `still sees your figures ${otherwise('your')}.` : 'no longer sees your figures by that role.'}`
      : `${holder} no longer sees you and everybody below you by that role${sees ? `, but still does ${otherwise('your')}.` : '.'}`,
  )
