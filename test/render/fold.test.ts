// Small print under a title is folded where Slack can fold and open everywhere else; the top-level text has all of it either way.
import { describe, expect, it } from 'vitest'
import { threadToSlack, toSlack } from '../../src/render/blocks/blocks.ts'
import { noteBlocks } from '../../src/render/blocks/note.ts'
import { weightOf } from '../../src/render/blocks/weigh.ts'
import { toHomeView } from '../../src/render/home.ts'
import type { Message, NotePart } from '../../src/render/message.ts'
import { asRead } from '../../src/render/text/as-read.ts'
import { line } from '../../src/render/text/text.ts'
import { coachingSections, leaderSections } from '../../src/reports/sections/index.ts'
import { composeReport } from '../../src/reports/write-sections.ts'
import { problemText, validateBlocks } from '../../src/sandbox/slack/block-kit-rules.ts'
import { toReader } from '../kit/report-fixtures.ts'

const fold = (words: string, title = 'Definitions <&> small print'): NotePart => ({ type: 'note', line: line(words), foldedUnder: title })
const message = (...parts: Message['parts']): Message => ({
  summary: 'x',
  parts: [{ type: 'text', line: line('Talk ratio 51 %.') }, ...parts],
})

describe('a fold', () => {
  it('is a container that is closed at first, with a plain title', () => {
    const { blocks, text } = toSlack(message(fold('Talk ratio: the share of <time>.')))
    expect(blocks[1]).toEqual({
      type: 'container',
      title: { type: 'plain_text', text: 'Definitions <&> small print', emoji: false },
      is_collapsible: true,
      default_collapsed: true,
      child_blocks: [{ type: 'context', elements: [{ type: 'mrkdwn', text: 'Talk ratio: the share of &lt;time&gt;.', verbatim: true }] }],
    })
    expect(validateBlocks(blocks, 'message').map(problemText)).toEqual([])
    expect(text).toMatch(/Definitions &lt;&amp;&gt; small print\nTalk ratio: the share of &lt;time&gt;\.$/)
  })

  it('is open, under its title, where Slack refused a container', () => {
    const { blocks } = toSlack(message(fold('Talk ratio: …', 'Definitions')), { refused: new Set(['container']) })
    expect(blocks.map(({ type }) => type)).toEqual(['section', 'context'])
    expect(JSON.stringify(blocks[1])).toContain('*Definitions*\\nTalk ratio: …')
  })

  it('is open on Home, which has no containers', () => {
    expect(toHomeView([fold('Talk ratio: …')]).blocks.map(({ type }) => type)).toEqual(['context'])
  })

  it('holds a text of several contexts, and is open beyond the ten blocks Slack takes', () => {
    const [long] = noteBlocks(fold('word '.repeat(2000)), false)
    expect(long?.type === 'container' && long.child_blocks.length).toBe(4)
    // Itself and what it holds.
    expect(weightOf(long ? [long] : []).blocks).toBe(5)
    expect(noteBlocks(fold('word '.repeat(7000)), false).every(({ type }) => type === 'context')).toBe(true)
    expect(noteBlocks(fold(' '), false)).toEqual([])
  })

  it('is not made of a sentence alone', async () => {
    const { message: report } = await composeReport(toReader(), coachingSections)
    expect(report.thread?.at(-1)).toMatchObject({ type: 'note', line: { plain: expect.stringMatching(/^Coverage rests on/) } })
    expect(report.thread?.at(-1)).not.toHaveProperty('foldedUnder')
  })

  it('is one for what several sections of a report fold, at the end of the thread', async () => {
    const { message: report } = await composeReport(toReader(), leaderSections)
    const folds = (report.thread ?? []).filter((part) => part.type === 'note' && part.foldedUnder !== undefined)
    expect(folds).toHaveLength(1)
    expect(report.thread?.at(-1)).toBe(folds[0])
    const small = folds[0]?.type === 'note' ? folds[0].line.plain : ''
    expect(small).toMatch(/Talk ratio: Share/)
    expect(small).toMatch(/Coverage rests on/)
    expect(asRead(report)).toContain('[▸ Definitions and small print]\n')
    const sent = threadToSlack(report)
    expect(sent?.blocks.at(-1)?.type).toBe('container')
    expect(validateBlocks(sent?.blocks ?? [], 'message').map(problemText)).toEqual([])
  })
})
