// The read-only views of `/gong-digest`: the list, the way to a new digest, a preview, the history of runs, programmes.

import type { DigestEntry } from '../../../digests/service.ts'
import { cutList } from '../../../domain/cut-list.ts'
import { weekBefore } from '../../../domain/period.ts'
import type { Subscription } from '../../../domain/subscription.ts'
import { askButton } from '../../../render/ask-button.ts'
import type { Part } from '../../../render/message.ts'
import { oneSentenceMessage } from '../../../render/one-sentence-message.ts'
import { plural } from '../../../render/text/numbers.ts'
import { bold, line } from '../../../render/text/text.ts'
import { digestActions } from '../../../reports/digest-actions.ts'
import type { Ask, BotServices, Say } from '../../command.ts'
import { leadsSome } from '../../editor/may-lead.ts'
import { deliveryLine, entryItem, titleOf } from '../../wording/digest-entry.ts'
import { pick, type Verb, whereOf } from './pick.ts'

export const overview: Verb = async (_which, ask, services) => {
  const { receives, sends } = await services.digests.mine(ask.viewer)
  const [received, sent] = [cutList(receives, mostShown), cutList(sends, mostShown)]
  const items = (entries: readonly DigestEntry[], from: number): Part[] =>
    entries.map((entry, index) => entryItem(entry, ask.viewer.slackUserId, whereOf(entry, ask), from + index + 1))
  const more = received.more + sent.more
  const said = `You receive ${count(receives.length)} and send ${count(sends.length)}.`
  return {
    summary: `${said} ${[...receives, ...sends].slice(0, 3).map(titleOf).join('; ')}`.trim(),
    parts: [
      { type: 'text', line: line(bold(said)) },
      ...(receives.length > 0 ? [{ type: 'text' as const, line: line(bold('You receive')) }, ...items(received.shown, 0)] : []),
      ...(sends.length > 0 ? [{ type: 'text' as const, line: line(bold('You send')) }, ...items(sent.shown, receives.length)] : []),
      ...(more > 0 ? [{ type: 'note' as const, line: line(`and ${more} more`) }] : []),
      {
        type: 'buttons',
        controls: [
          { type: 'button', label: 'New digest', actionId: digestActions.create, style: 'primary' },
          askButton('Programmes', '/gong-digest programmes', 'programmes'),
        ],
      },
    ],
  }
}

const mostShown = 12

const count = (digests: number): string => (digests === 1 ? '1 digest' : `${digests === 0 ? 'no' : digests} digests`)

export const create: Verb = async () => ({
  summary: 'Set up a digest: who, where, when. Press New digest.',
  parts: [
    { type: 'text', line: line('Choose kind, who, where and when; you see the next five runs before you save.') },
    { type: 'buttons', controls: [{ type: 'button', label: 'New digest', actionId: digestActions.create, style: 'primary' }] },
  ],
})

export const preview: Verb = async (which, ask, services, say) => {
  const { subscription, mayChange } = await pick('preview', which, ask, services)
  // Nothing is fetched for whoever lost the right to its figures; the preview refuses in words.
  if (mayChange) await fetchLastWeek(subscription, ask, services, say)
  // A wait for Gong takes up to minutes: what the asker may see after it decides.
  const viewer = await services.outbox.viewerOf(ask.viewer.slackUserId)
  const message = await services.digests.preview(viewer, subscription)
  const note: Part = { type: 'note', line: line('A preview, for your eyes only. Nothing was posted.') }
  return { ...message, parts: [...message.parts, note] }
}

async function fetchLastWeek({ kind, subjectId }: Subscription, ask: Ask, services: BotServices, say: Say): Promise<void> {
  const period = weekBefore(await services.today(), services.settings.weekStart)
  const chart = await services.chart()
  const personIds =
    kind === 'company' || subjectId === undefined
      ? ('all' as const)
      : [subjectId, ...(kind === 'org' ? chart.org : chart.team)(subjectId).map(({ id }) => id)]
  await services.ensureFetched({ period, personIds, asker: ask.viewer.slackUserId }, async (seconds) => {
    await say(oneSentenceMessage(`Fetching that week from Gong, about ${Math.ceil(seconds)} s …`))
  })
}

export const history: Verb = async (which, ask, services) => {
  const entry = await pick('history', which, ask, services)
  const deliveries = await services.digests.history(ask.viewer, entry.subscription.id, 12)
  const { zone } = entry.subscription.recurrence
  return {
    summary: `${titleOf(entry)}: ${deliveries.length === 0 ? 'nothing was sent yet' : deliveries.length === 1 ? 'one run so far' : `the latest ${deliveries.length} runs`}.`,
    parts: [
      { type: 'text', line: line(bold(titleOf(entry)), deliveries.length === 0 ? ' Nothing was sent yet.' : '') },
      ...deliveries.map((delivery): Part => ({ type: 'text', line: deliveryLine(delivery, zone) })),
      { type: 'note', line: line(`Times in ${zone}.`) },
    ],
  }
}

export const programmes: Verb = async (_which, ask, services) => {
  const entries = await services.digests.programmes(ask.viewer)
  const maySetUp = leadsSome(ask.viewer, await services.chart(), await services.today())
  return {
    summary: entries.length === 0 ? 'No programme is set up where you lead.' : `${plural(entries.length, 'programme')} where you lead.`,
    parts: [
      {
        type: 'text',
        line: line(
          bold('Programmes'),
          ' send digests to every team, manager or rep of an organization; people who join or leave follow by themselves.',
        ),
      },
      ...entries.map(
        (entry): Part => ({
          type: 'item',
          line: line(
            bold(`${programmeKinds[entry.draft.kind]} of ${entry.org}`),
            ` · ${entry.draft.stage}: ${entry.reached} of ${entry.wouldReach}`,
            entry.unmatched > 0 ? ` · ${entry.unmatched} without a Slack match` : '',
            ` · set up by ${entry.ownerName}`,
          ),
          controls: [
            { type: 'button', label: 'Change', actionId: digestActions.programme, value: entry.id },
            {
              type: 'button',
              label: 'End …',
              actionId: digestActions.stopProgramme,
              value: entry.id,
              style: 'danger',
              confirm: {
                title: 'End this programme?',
                text: `${plural(entry.reached, 'digest')} of it will stop. What was posted stays in Slack.`,
                yes: 'End it',
                no: 'Keep it',
              },
            },
          ],
        }),
      ),
      ...(maySetUp ? [newProgramme] : []),
    ],
  }
}

const newProgramme: Part = {
  type: 'buttons',
  controls: [{ type: 'button', label: 'New programme', actionId: digestActions.programme, style: 'primary' }],
}

const programmeKinds = {
  team: 'Every team',
  manager: 'Every manager',
  org: 'Every leader of managers',
  personal: 'Every rep',
  reminder: 'Reminders to every manager',
} as const
