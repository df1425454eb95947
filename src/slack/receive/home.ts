// The Home tab of one person, drawn when it is opened and after a press that changed what it shows.

import { isDeepStrictEqual } from 'node:util'
import type { BotServices } from '../../bot/command.ts'
import { AskError } from '../../errors.ts'
import { hasWaited } from '../../one-reading.ts'
import type { LocalizedViewer } from '../../people/viewers.ts'
import type { Message, Part } from '../../render/message.ts'
import { line } from '../../render/text/text.ts'
import type { ReceiveDeps } from './receive-deps.ts'

export async function openHome(slackUserId: string, deps: ReceiveDeps): Promise<void> {
  const say = async ({ parts }: Message): Promise<void> => deps.views.publishHome(slackUserId, parts)
  await deps.guard({ name: 'home', slackUserId }, say, () => drawHome(slackUserId, deps))
}

/** @throws AskError where it took a wait to write it, and what its reader may see is something else after it */
export async function drawHome(slackUserId: string, deps: ReceiveDeps): Promise<void> {
  const { viewers, services, views } = deps
  const rightsNow = async () => {
    const [reader, chart] = await Promise.all([viewers.readerOf(slackUserId), services.chart()])
    return { reader, chart }
  }
  const { reader, chart } = await rightsNow()
  const looks: Parameters<BotServices['recordViews']>[] = []
  const recordViews = async (...look: Parameters<BotServices['recordViews']>): Promise<void> => void looks.push(look)
  const parts = await writeHome(reader, { ...deps, services: { ...services, recordViews } })
  if (hasWaited()) {
    const now = await rightsNow()
    if (now.chart !== chart || !isDeepStrictEqual(now.reader.viewer, reader.viewer))
      throw new AskError('What you may see has just changed. Open this tab again.')
  }
  // What is not shown was not looked at.
  for (const look of looks) await services.recordViews(...look)
  await views.publishHome(slackUserId, parts)
}

async function writeHome({ viewer, locale, zone }: LocalizedViewer, { home, services, clock, log }: ReceiveDeps): Promise<readonly Part[]> {
  const parts: Part[] = []
  for (const section of home) {
    // One broken section must not take the others with it.
    const written = await section.write(viewer, services, { now: clock.now(), locale, zone }).catch((error: unknown): readonly Part[] => {
      log.error({ err: error, section: section.id }, 'a part of Home could not be written')
      return [{ type: 'note', line: line('This part could not be shown just now.') }]
    })
    if (!written || written.length === 0) continue
    if (parts.length > 0) parts.push({ type: 'divider' })
    parts.push(...written)
  }
  return parts
}
