// What makes one kind of digest. Buttons carry command texts: pressing one asks that command privately as the presser, so it can
// reach nothing that typing could not.
import { periodKey } from '../../domain/period.ts'
import type { Control, Part } from '../../render/message.ts'
import type { DigestRequest } from '../digest.ts'
import { digestActions } from '../digest-desk.ts'
import type { ReportContext, Section } from '../section.ts'

export interface DigestRecipe {
  readonly sections: readonly Section[]
  /** Default: the subject's name. */
  readonly title?: (context: ReportContext) => Promise<string>
  readonly opening?: (request: DigestRequest, context: ReportContext) => readonly Part[]
  readonly closing?: (request: DigestRequest, context: ReportContext) => readonly Part[]
  readonly controls: (request: DigestRequest, context: ReportContext) => readonly Control[]
}

/** A button that is the same as typing `command` with this digest's period. */
export const asks = (label: string, actionId: string, command: string, { period }: ReportContext, further = ''): Control => ({
  type: 'button',
  label,
  actionId: `ask:${actionId}`,
  value: `${command} ${periodKey(period)}${further}`,
})

/** [Change schedule], where there is a schedule to change. */
export const changeSchedule = ({ subscriptionId }: DigestRequest): readonly Control[] =>
  subscriptionId === undefined ? [] : [{ type: 'button', label: 'Change schedule', actionId: digestActions.edit, value: subscriptionId }]
