// *Share here*: first shows the presser alone who would read it, then posts group figures to the channel. Both steps check the channel's
// gate and the presser's rights; where the presser sees medians only, they also check everybody who would read the post.
import type { GateReason } from '../../domain/hold-reason.ts'
import type { ChannelOnlookers } from '../../domain/onlookers.ts'
import type { Subject, Viewer } from '../../domain/policy.ts'
import { maySee } from '../../domain/policy.ts'
import { AskError } from '../../errors.ts'
import type { Message, Part } from '../../render/message.ts'
import { oneSentenceMessage } from '../../render/one-sentence-message.ts'
import { bold, line, mention } from '../../render/text/text.ts'
import { whyClosed } from '../../reports/wording/hold-reason.ts'
import type { Action, Press } from '../action.ts'
import type { BotServices } from '../command.ts'
import { type Question, understandValue } from '../commands/question.ts'
import { groupMessage } from '../commands/reply.ts'
import { reportWriters } from '../commands/report-writers.ts'

interface ChannelReaders {
  readonly channelId: string
  readonly channelName: string
  readonly isPublic: boolean
  readonly readers: number
  /** Readers who could not see these group figures by asking. */
  readonly outsiders: number
  readonly onlookers: ChannelOnlookers
}

export const share: Action = {
  id: 'share',
  keepsReply: true,
  async handle(press, services) {
    const checked = await check(press, services)
    if ('refusal' in checked) return { type: 'reply', message: checked.refusal }
    const { channelName, isPublic, readers, outsiders } = checked.audience
    const reach = isPublic
      ? `Anybody in this workspace can read #${channelName}.`
      : `${readers === 1 ? '1 person' : `${readers} people`} in #${channelName} would read it${outsiders > 0 ? `, ${outsiders} of them outside this team` : ''}.`
    return {
      type: 'reply',
      message: {
        summary: `Share here? ${reach} Group figures only, no names.`,
        parts: [
          { type: 'text', line: line(bold('Share here?'), ` ${reach} Group figures only, no names.`) },
          {
            type: 'buttons',
            controls: [
              {
                type: 'button',
                label: 'Share',
                // Each confirmation posts once, however often it is pressed.
                actionId: `share-now:${press.triggerId}`,
                style: 'primary',
                value: press.value,
              },
            ],
          },
        ],
      },
    }
  },
}

export const shareNow: Action = {
  id: 'share-now',
  async handle(press, services) {
    const checked = await check(press, services)
    if ('refusal' in checked) return { type: 'reply', message: checked.refusal }
    const { question, audience: before } = checked
    const message = await groupMessage(question, press, before.onlookers, services, reportWriters[question.command])
    const sharedBy: Part = { type: 'note', line: line('Shared by ', mention(press.viewer.slackUserId)) }
    // Writing it may have waited for Gong: who presses, who reads the channel, and what the presser may show, is asked at the post.
    const still = await check({ ...press, viewer: await services.outbox.viewerOf(press.viewer.slackUserId) }, services)
    if ('refusal' in still) return { type: 'reply', message: still.refusal }
    const { audience } = still
    if (still.question.detail !== question.detail) throw new AskError('What you may see here has just changed. Press Share again.')
    if (audience.onlookers.readBy() !== before.onlookers.readBy())
      throw new AskError('Who reads this channel has just changed. Press Share again.')
    const { channelId, channelName } = audience
    const key = [press.actionId, press.viewer.slackUserId, channelId, press.value].join(' ')
    const isFirst = await services.outbox.postOnce(key, channelId, { ...message, parts: [...message.parts, sharedBy] })
    return {
      type: 'reply',
      message: oneSentenceMessage(
        isFirst
          ? `Shared in #${channelName}.`
          : `This was sent to #${channelName} already. Look there; if it is missing, press Share again under your figures.`,
      ),
    }
  },
}

async function check(
  press: Press,
  services: BotServices,
): Promise<{ readonly question: Question; readonly audience: ChannelReaders } | { readonly refusal: Message }> {
  const question = await understandValue(press.value, press, services)
  if ('refusal' in question) return question
  const { subject, detail } = question
  if (subject.type === 'person') {
    throw new AskError("A person's own figures are never posted for others. Share the team's instead.", [
      { label: 'My team', command: question.command, text: 'team' },
    ])
  }
  if (press.channelId === undefined || !/^[CG]/.test(press.channelId)) {
    throw new AskError('This is a direct message. Type the command in the channel it is for, then press Share there.')
  }
  const verdict = await services.outbox.shareGate(press.channelId, press.viewer.slackUserId)
  if (!verdict.open) throw new AskError(notHere(verdict.reason, verdict.botName))
  const outsiders = await countOutsiders(verdict.readerIds, subject, services)
  if (detail === 'medians' && verdict.isPublic) {
    throw new AskError(
      `Anybody in this workspace can read #${verdict.channelName}, so only the manager of this team or an admin can share its figures here. In a private channel of the team you can.`,
    )
  }
  if (detail === 'medians' && outsiders > 0) {
    throw new AskError(
      `${outsiders} of the ${verdict.readerIds.length} people here ${outsiders === 1 ? 'is' : 'are'} not in this team or above it, so only its manager or an admin can share its figures here.`,
    )
  }
  return {
    question,
    audience: {
      channelId: press.channelId,
      channelName: verdict.channelName,
      isPublic: verdict.isPublic,
      readers: verdict.readerIds.length,
      outsiders,
      onlookers: verdict.onlookers,
    },
  }
}

function notHere(reason: GateReason | 'unknown', botName: string): string {
  if (reason === 'unknown') return 'Slack does not say right now who is in this channel, so nothing is shown.'
  if (reason === 'not-member') return `The bot is not in this channel. Type \`/invite @${botName}\` here, then press Share again.`
  return `Figures are not shown here: ${whyClosed(reason, 'this channel')}.`
}

async function countOutsiders(readerIds: readonly string[], subject: Subject, services: BotServices): Promise<number> {
  const chart = await services.chart()
  const today = await services.today()
  const viewers: Viewer[] = await Promise.all(readerIds.map((id) => services.outbox.viewerOf(id)))
  return viewers.filter((viewer) => !maySee(viewer, subject, chart, today).allowed).length
}
