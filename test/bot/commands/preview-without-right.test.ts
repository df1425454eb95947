// `/gong-digest preview` of a digest that somebody owns or reads and whose figures they may not see any more.
import { expect, it } from 'vitest'
import type { BotServices } from '../../../src/bot/command.ts'
import { preview } from '../../../src/bot/commands/digest/views.ts'
import { AskError } from '../../../src/errors.ts'
import { entry, subscription } from '../editor/editor-fakes.ts'
import { asks, testKit, viewers } from './company.ts'

const refusal = new AskError('You may not see these figures.')

it.each([
  [false, 0],
  [true, 1],
] as const)('fetches from Gong only for who may see its figures: %s', async (mayChange, fetched) => {
  const kit = testKit()
  const digests = {
    entry: async () => ({ ...entry(), mayChange }),
    async preview() {
      if (!mayChange) throw refusal
      return { summary: 'the week', parts: [] }
    },
  } as unknown as BotServices['digests']
  const answer = preview(
    subscription.id,
    asks(viewers.rep, `preview ${subscription.id}`),
    { ...kit.services, digests },
    async () => undefined,
  )
  if (mayChange) expect((await answer).summary).toBe('the week')
  else await expect(answer).rejects.toBe(refusal)
  expect(kit.reads).toHaveLength(fetched)
})
