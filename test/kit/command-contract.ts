// What every slash command keeps to, whatever it answers: it explains itself, it is installed under a name Slack takes, and no asker and
// no text gets silence, a crash or a refusal without words.
import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/bot/command.ts'
import { helpOf, menu } from '../../src/bot/commands/help.ts'
import { AskError } from '../../src/errors.ts'
import { toSlack } from '../../src/render/blocks/blocks.ts'
import type { Message } from '../../src/render/message.ts'
import { liveInMessage } from '../../src/sandbox/slack/block-kit-live.ts'
import { problemText, validateBlocks } from '../../src/sandbox/slack/block-kit-rules.ts'
import { asks, testKit, viewers, wordsOf } from '../bot/commands/company.ts'

const texts = ['', 'help', 'me', 'team', 'last week', '<@U3|ana>', '"Disc', '<!channel>', '*', '\u202e', '2026-13-45', 'x'.repeat(3000)]

/** The answer, or the refusal in words. @throws whatever else the command throws */
async function heard(command: Command, ...[by, text]: Parameters<typeof asks>): Promise<Message> {
  const { services } = testKit({ today: '2026-11-26' })
  try {
    return await command.answer(asks(by, text), services, async () => undefined)
  } catch (error) {
    if (error instanceof AskError) return { summary: error.message, parts: [] }
    throw error
  }
}

export function commandContract(command: Command): void {
  describe(`the command ${command.name}`, () => {
    it('is installed under a name, a description and a hint that Slack takes', () => {
      expect(command.name).toMatch(/^\/[a-z0-9][a-z0-9-]{0,30}$/)
      expect(command.description.length).toBeGreaterThan(10)
      expect(command.description.length).toBeLessThanOrEqual(2000)
      expect(command.usageHint.length).toBeLessThanOrEqual(1000)
    })

    it('explains itself with examples, and stands in the menu of all commands', () => {
      expect(command.examples.length).toBeGreaterThan(0)
      for (const { does } of command.examples) expect(wordsOf(helpOf(command))).toContain(JSON.stringify(does).slice(1, -1))
      expect(menu([command]).summary).toContain(command.name)
    })

    it.each(Object.keys(viewers) as (keyof typeof viewers)[])(
      'answers a %s in words whatever is typed, and Slack takes it',
      async (who) => {
        for (const text of texts) {
          const message = await heard(command, viewers[who], text)
          expect(message.summary.length).toBeGreaterThan(10)
          expect(wordsOf(message)).not.toMatch(/NaN|\[object|Infinity/)
          const sent = toSlack(message)
          expect(validateBlocks(sent.blocks, 'message').map(problemText)).toEqual([])
          expect(liveInMessage(sent).filter(({ kind }) => kind !== 'link')).toEqual([])
        }
      },
    )

    it.each(['guest', 'outsider', 'bot'] as const)('shows no figure to a %s', async (who) => {
      const kit = testKit()
      await command
        .answer(asks(viewers[who], ''), kit.services, async () => undefined)
        .catch((error: unknown) => {
          if (!(error instanceof AskError)) throw error
        })
      expect([kit.watched, kit.reads, kit.views]).toEqual([[], [], []])
    })
  })
}
