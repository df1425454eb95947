// The parts of one kind of digest. Buttons carry command texts: pressing one asks that command privately as the presser, so it can
// reach nothing that typing could not.

import { periodKey } from '../../domain/period.ts'
import { askButton } from '../../render/ask-button.ts'
import type { Control, Part } from '../../render/message.ts'
import { bold, line } from '../../render/text/text.ts'
import type { DigestRequest } from '../digest.ts'
import { digestActions } from '../digest-actions.ts'
import type { ReportContext, Section } from '../section.ts'

export interface DigestRecipe {
  readonly sections: readonly Section[]
  /** Default: the subject's name. */
  readonly title?: (context: ReportContext) => Promise<string>
  /** Beside the title. */
  readonly subtitle?: (context: ReportContext) => string | undefined | Promise<string | undefined>
  readonly closing?: (request: DigestRequest, context: ReportContext) => readonly Part[]
  readonly controls: (request: DigestRequest, context: ReportContext) => readonly Control[]
}

/** A button that is the same as typing `command` with this digest's period. */
export const asks = (label: string, name: string, command: string, { period }: ReportContext, further = ''): Control =>
  askButton(label, `${command} ${periodKey(period)}${further}`, name)

/** [Change schedule], where there is a schedule to change. */
export const changeSchedule = ({ subscriptionId }: DigestRequest): readonly Control[] =>
  subscriptionId === undefined ? [] : [{ type: 'button', label: 'Change schedule', actionId: digestActions.edit, value: subscriptionId }]

/** [Stop these] for the reader of a direct message. */
export const stopThese = ({ subscriptionId }: DigestRequest, { audience }: ReportContext): readonly Control[] =>
  subscriptionId === undefined || audience.type !== 'person'
    ? []
    : [{ type: 'button', label: 'Stop these', actionId: digestActions.stop, value: subscriptionId }]

/** In the first direct message to somebody that somebody else switched on: who did, who can see it, how to stop it. */
export const firstTime = ({ introduction }: DigestRequest, whoSees?: string): readonly Part[] =>
  introduction
    ? [
        {
          type: 'text',
          line: line(
            bold('First time?'),
            ` ${introduction.switchedOnBy} switched this on for ${introduction.org}.${whoSees === undefined ? '' : ` ${whoSees}`} [Stop these] ends it for good.`,
          ),
        },
      ]
    : []
