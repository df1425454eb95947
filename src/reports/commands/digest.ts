// `/gong-digest`: what I receive and send, and everything one can do to a digest. Buttons and menus re-ask these texts; ids in
// them are checked by the digest desk against whoever asks.
import { addDays, type LocalDate, weekBefore } from '../../domain/period.ts'
import { AskError } from '../../errors.ts'
import type { Message, Part } from '../../render/message.ts'
import { plural } from '../../render/numbers.ts'
import { bold, channel, type Line, line, person } from '../../render/text.ts'
import type { Ask, Command, Desk, Say } from '../command.ts'
import { type DigestEntry, digestActions } from '../digest-desk.ts'
import { deliveryLine, entryItem, titleOf } from '../editor/entry-words.ts'
import { dateInWords, runInWords } from '../editor/runs-in-words.ts'
import { helpOf, isHelp } from './help.ts'

type Verb = (which: string, ask: Ask, desk: Desk, say: Say) => Promise<Message>

export const digest: Command = {
  name: '/gong-digest',
  description: 'Weekly digests: what you receive and send, new ones, pause, preview',
  usageHint: '[new | preview | send now | pause until 2026-12-24 | skip next | history | programmes]',
  examples: [
    { text: '', does: 'what you receive and send' },
    { text: 'new', does: 'set one up' },
    { text: 'preview', does: 'see the next one now, privately' },
    { text: 'send now', does: 'send an extra one; you confirm where' },
    { text: 'pause until 2026-12-31', does: 'no digest before that day' },
    { text: 'skip next', does: 'leave out the next one' },
    { text: 'history', does: 'what was sent, skipped or held back, and why' },
    { text: 'programmes', does: 'digests for every team, manager or rep of an organisation' },
  ],
  async answer(ask, desk, say) {
    if (isHelp(ask.text)) return helpOf(digest)
    const [first = '', ...rest] = ask.text.trim().split(/\s+/)
    const verb = Object.hasOwn(verbs, first.toLowerCase()) ? verbs[first.toLowerCase()] : undefined
    if (verb) return verb(rest.join(' '), ask, desk, say)
    if (first === '') return overview('', ask, desk, say)
    return helpOf(digest, `I did not understand "${ask.text.slice(0, 80)}".`)
  },
}

const overview: Verb = async (_which, ask, desk) => {
  const { receives, sends } = await desk.digests.mine(ask.viewer)
  const items = (entries: readonly DigestEntry[], from: number): Part[] =>
    entries.slice(0, mostShown).map((entry, index) => entryItem(entry, ask.viewer.slackUserId, whereOf(entry, ask), from + index + 1))
  const more = Math.max(0, receives.length - mostShown) + Math.max(0, sends.length - mostShown)
  const said = `You receive ${count(receives.length)} and send ${count(sends.length)}.`
  return {
    summary: `${said} ${[...receives, ...sends].slice(0, 3).map(titleOf).join('; ')}`.trim(),
    parts: [
      { type: 'text', line: line(bold(said)) },
      ...(receives.length > 0 ? [{ type: 'text' as const, line: line(bold('You receive')) }, ...items(receives, 0)] : []),
      ...(sends.length > 0 ? [{ type: 'text' as const, line: line(bold('You send')) }, ...items(sends, receives.length)] : []),
      ...(more > 0 ? [{ type: 'note' as const, line: line(`and ${more} more`) }] : []),
      {
        type: 'buttons',
        controls: [
          { type: 'button', label: 'New digest', actionId: digestActions.create, style: 'primary' },
          { type: 'button', label: 'Programmes', actionId: 'ask:programmes', value: '/gong-digest programmes' },
        ],
      },
    ],
  }
}

const mostShown = 12

const create: Verb = async () => ({
  summary: 'Set up a digest: who, where, when. Press New digest.',
  parts: [
    { type: 'text', line: line('Choose kind, who, where and when; you see the next five runs before you save.') },
    { type: 'buttons', controls: [{ type: 'button', label: 'New digest', actionId: digestActions.create, style: 'primary' }] },
  ],
})

const preview: Verb = async (which, ask, desk, say) => {
  const { subscription } = await pick('preview', which, ask, desk)
  const period = weekBefore(await desk.today(), desk.settings.weekStart)
  const chart = await desk.chart()
  const personIds =
    subscription.kind === 'company' || subscription.subjectId === undefined
      ? ('all' as const)
      : [subscription.subjectId, ...chart.team(subscription.subjectId).map(({ id }) => id)]
  await desk.ensureRead({ period, personIds, asker: ask.viewer.slackUserId }, async (seconds) => {
    await say(words(`Reading Gong for that week, about ${Math.ceil(seconds)} s …`))
  })
  const message = await desk.digests.preview(ask.viewer, subscription)
  const note: Part = { type: 'note', line: line('A preview, for your eyes only. Nothing was posted.') }
  return { ...message, parts: [...message.parts, note] }
}

const send: Verb = async (which, ask, desk) => {
  const entry = await pick('send', which.replace(/^now\b\s*/i, ''), ask, desk)
  const { subscription } = entry
  const verdict = await desk.digests.check(ask.viewer, subscription)
  if (!verdict.ok) throw new AskError(verdict.why, [{ label: 'Try again', command: '/gong-digest', text: `send ${subscription.id}` }])
  const readers = verdict.readers === 1 ? '1 person reads' : `${verdict.readers} people read`
  const question = `Send the ${titleOf(entry)} of the last full week now? ${readers} it.`
  return {
    summary: question,
    parts: [
      {
        type: 'text',
        line: line(
          bold(`Send ${titleOf(entry)} now?`),
          ' Last full week, to ',
          whereOf(entry, ask),
          `. ${readers} it. It is an extra one; the planned one still comes.`,
        ),
      },
      {
        type: 'buttons',
        controls: [
          // The trigger of this question keys the delivery: pressing twice sends once.
          {
            type: 'button',
            label: 'Send it',
            actionId: digestActions.send,
            value: `${subscription.id} ${ask.triggerId}`,
            style: 'primary',
          },
          { type: 'button', label: 'Preview', actionId: 'ask:preview', value: `/gong-digest preview ${subscription.id}` },
        ],
      },
    ],
  }
}

const pause: Verb = async (which, ask, desk) => {
  const { rest, until } = untilIn(which, ask.now.toISOString().slice(0, 10))
  const { subscription } = await pick('pause', rest, ask, desk)
  const entry = await desk.digests.pause(ask.viewer, subscription.id, until)
  const next = entry.nextRun ? ` The next one: ${runInWords(entry.nextRun)}.` : ''
  return withButton(
    until === undefined ? `Paused: ${titleOf(entry)}.` : `Paused until ${dateInWords(until)}: ${titleOf(entry)}.${next}`,
    'Resume',
    `resume ${subscription.id}`,
  )
}

const resume: Verb = async (which, ask, desk) => {
  const { subscription } = await pick('resume', which, ask, desk)
  const entry = await desk.digests.resume(ask.viewer, subscription.id)
  return withButton(
    `Resumed: ${titleOf(entry)}.${entry.nextRun ? ` The next one: ${runInWords(entry.nextRun)}.` : ''}`,
    'Pause',
    `pause ${subscription.id}`,
  )
}

const skip: Verb = async (which, ask, desk) => {
  const before = await pick('skip', which.replace(/^next\b\s*/i, ''), ask, desk)
  const entry = await desk.digests.skipNext(ask.viewer, before.subscription.id)
  const skipped = before.nextRun ? runInWords(before.nextRun) : 'the next one'
  return words(`Left out: ${titleOf(entry)}, ${skipped}.${entry.nextRun ? ` The one after: ${runInWords(entry.nextRun)}.` : ''}`)
}

const history: Verb = async (which, ask, desk) => {
  const entry = await pick('history', which, ask, desk)
  const deliveries = await desk.digests.history(ask.viewer, entry.subscription.id, 12)
  const { zone } = entry.subscription.recurrence
  return {
    summary: `${titleOf(entry)}: ${deliveries.length === 0 ? 'nothing was sent yet' : `the latest ${deliveries.length} runs`}.`,
    parts: [
      { type: 'text', line: line(bold(titleOf(entry)), deliveries.length === 0 ? ' Nothing was sent yet.' : '') },
      ...deliveries.map((delivery): Part => ({ type: 'text', line: deliveryLine(delivery, zone) })),
      { type: 'note', line: line(`Times in ${zone}.`) },
    ],
  }
}

const remove: Verb = async (which, ask, desk) => {
  const entry = await pick('delete', which, ask, desk)
  return {
    summary: `Delete ${titleOf(entry)}? What was posted stays in Slack.`,
    parts: [
      { type: 'text', line: line(bold(`Delete ${titleOf(entry)}?`), ' What was posted stays in Slack. To stop it for a while, pause it.') },
      {
        type: 'buttons',
        controls: [
          { type: 'button', label: 'Delete it', actionId: digestActions.remove, value: entry.subscription.id, style: 'danger' },
          { type: 'button', label: 'Pause it', actionId: 'ask:pause', value: `/gong-digest pause ${entry.subscription.id}` },
        ],
      },
    ],
  }
}

const stop: Verb = async (which, ask, desk) => {
  const entry = await pick('stop', which, ask, desk)
  await desk.digests.stop(ask.viewer, entry.subscription.id)
  return words(
    entry.subscription.kind === 'reminder'
      ? 'Stopped. You will get no more coaching reminders. /gong-coaching remind on brings them back.'
      : `Stopped. You will get no more ${entry.subscription.kind} digests, even when somebody sets them up again. /gong-digest new brings them back.`,
  )
}

const programmes: Verb = async (_which, ask, desk) => {
  const entries = await desk.digests.programmes(ask.viewer)
  return {
    summary: entries.length === 0 ? 'No programme is set up where you lead.' : `${plural(entries.length, 'programme')} where you lead.`,
    parts: [
      {
        type: 'text',
        line: line(
          bold('Programmes'),
          ' send digests to every team, manager or rep of an organisation; people who join or leave follow by themselves.',
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
          controls: [{ type: 'button', label: 'Change', actionId: digestActions.programme, value: entry.id }],
        }),
      ),
      { type: 'buttons', controls: [{ type: 'button', label: 'New programme', actionId: digestActions.programme, style: 'primary' }] },
    ],
  }
}

const programmeKinds = {
  team: 'Every team',
  manager: 'Every manager',
  personal: 'Every rep',
  reminder: 'Reminders to every manager',
} as const

const verbs: Readonly<Record<string, Verb>> = {
  list: overview,
  new: create,
  preview,
  send,
  pause,
  resume,
  skip,
  history,
  delete: remove,
  stop,
  programmes,
  programme: programmes,
}

/** The digest meant: by id (buttons), by its number in the list, by a part of its name; the only one when nothing is said. */
async function pick(verb: string, which: string, ask: Ask, desk: Desk): Promise<DigestEntry> {
  const wanted = which.trim()
  if (/^[0-9a-f-]{36}$/i.test(wanted)) return desk.digests.entry(ask.viewer, wanted)
  const { receives, sends } = await desk.digests.mine(ask.viewer)
  const all = [...receives, ...sends]
  if (all.length === 0)
    throw new AskError('You neither receive nor send a digest yet. Set one up with /gong-digest new.', [
      { label: 'Set one up', command: '/gong-digest', text: 'new' },
    ])
  const byNumber = /^\d+$/.test(wanted) ? all[Number(wanted) - 1] : undefined
  const found = byNumber ? [byNumber] : all.filter((entry) => titleOf(entry).toLowerCase().includes(wanted.toLowerCase()))
  const [only] = found
  if (only && found.length === 1) return only
  throw new AskError(
    found.length === 0 ? `None of your digests is called "${wanted.slice(0, 60)}". Which one?` : 'Which one?',
    (found.length === 0 ? all : found)
      .slice(0, 5)
      .map((entry) => ({ label: titleOf(entry).slice(0, 70), command: '/gong-digest', text: `${verb} ${entry.subscription.id}` })),
  )
}

/** `until 2026-12-24`, `for 2 weeks`. @throws AskError for a day that is past or cannot be read. */
function untilIn(text: string, today: LocalDate): { readonly rest: string; readonly until?: LocalDate } {
  const weeks = /\bfor (\d{1,2}) weeks?\b/i.exec(text)
  if (weeks) return { rest: text.replace(weeks[0], ''), until: addDays(today, Number(weeks[1]) * 7) }
  const said = /\b(?:until|till|to) (\S+)/i.exec(text)
  if (!said) return { rest: text }
  const date = said[1] ?? ''
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date)) || date <= today) {
    throw new AskError('Until which day? For example /gong-digest pause until 2026-12-31.', [
      { label: 'My digests', command: '/gong-digest', text: '' },
    ])
  }
  return { rest: text.replace(said[0], ''), until: date }
}

function whereOf({ subscription }: DigestEntry, ask: Ask): Line {
  const { target } = subscription
  if (target.type === 'channel') return channel(target.channelId)
  return target.slackUserId === ask.viewer.slackUserId ? line('you') : person(target.slackUserId)
}

const count = (digests: number): string => (digests === 1 ? '1 digest' : `${digests === 0 ? 'no' : digests} digests`)

const words = (text: string): Message => ({ summary: text, parts: [{ type: 'text', line: line(text) }] })

const withButton = (text: string, label: string, asks: string): Message => ({
  summary: text,
  parts: [
    { type: 'text', line: line(text) },
    { type: 'buttons', controls: [{ type: 'button', label, actionId: `ask:${label.toLowerCase()}`, value: `/gong-digest ${asks}` }] },
  ],
})
