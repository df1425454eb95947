// What the browser may ask for, checked before it is done. Whoever one acts as is part of the request: this is a stage, not a service.
import { z } from 'zod'
import { slackbotId } from './drawn/slackbot.ts'
import type { Stage } from './stage.ts'

const id = z.string().min(1).max(300)
const option = z.record(z.string(), z.unknown())
const filled = z.union([z.string().max(20_000), z.array(z.union([z.string(), option])), option])
const message = z.object({ channelId: id, ts: id })
const surface = z.union([z.enum(['modal', 'home']), message])
const controlRef = z.object({ blockId: z.string(), actionId: z.string() })
const inputs = z.record(z.string(), filled).default({})

const act = z.discriminatedUnion('type', [
  z.object({ type: z.literal('say'), as: id, channelId: id, text: z.string().trim().min(1).max(10_000), threadTs: id.optional() }),
  z.object({ type: z.literal('press'), as: id, at: surface, control: controlRef, value: filled.optional(), inputs }),
  z.object({ type: z.literal('submit'), as: id, inputs }),
  z.object({ type: z.literal('close'), as: id }),
  z.object({ type: z.literal('home'), as: id }),
  z.object({ type: z.literal('clock'), to: z.iso.datetime() }),
  z.object({ type: z.literal('fault'), id, on: z.boolean() }),
  z.object({ type: z.literal('reset') }),
])

export const suggestionRequest = z.object({
  as: id,
  at: z.union([z.literal('modal'), message]),
  control: controlRef,
  query: z.string().max(200),
})

/** Does it. `reset`: begins the demo again. @throws Error in words when it cannot be done */
export async function perform(wanted: unknown, stage: Stage, reset: () => Promise<void>): Promise<void> {
  const asked = act.parse(wanted)
  const { slack } = stage
  switch (asked.type) {
    case 'say':
      return asked.channelId === slackbotId ? stage.slackbot.ask(asked.as, asked.text) : say(asked, stage)
    case 'press':
      if (typeof asked.at === 'object' && asked.at.channelId === slackbotId)
        return stage.slackbot.press(asked.as, asked.at.ts, asked.control, asked.value)
      if (asked.at === 'modal') await slack.fill(asked.as, asked.inputs, { silently: true })
      if (typeof asked.at === 'string') await slack.pressIn(asked.as, asked.at, asked.control, asked.value)
      else await slack.press(asked.as, asked.at, asked.control, asked.value)
      return
    case 'submit':
      await slack.fill(asked.as, asked.inputs, { silently: true })
      await slack.submit(asked.as)
      return
    case 'close':
      return slack.closeModal(asked.as)
    case 'home':
      await slack.openHome(asked.as)
      return
    case 'clock':
      return stage.moveTo(new Date(asked.to))
    case 'reset':
      return reset()
    case 'fault':
      return stage.setFault(asked.id, asked.on)
  }
}

/** `/invite @App` is Slack's own command; everything else goes where Slack would send it. */
async function say(
  asked: { readonly as: string; readonly channelId: string; readonly text: string; readonly threadTs?: string | undefined },
  stage: Stage,
): Promise<void> {
  const { slack } = stage
  const invited = /^\/invite\s+@(.+)$/.exec(asked.text)?.[1]?.trim().toLowerCase()
  if (invited === undefined) {
    await slack.type(asked.as, asked.channelId, asked.text, asked.threadTs)
    return
  }
  const user = [...slack.workspace.users.values()].find(({ name, realName }) =>
    [name, realName].some((known) => known.toLowerCase() === invited),
  )
  if (!user) throw new Error(`Nobody here is called ${invited}.`)
  await slack.join(user.id, asked.channelId)
}
