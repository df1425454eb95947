// What a terminal is shown of names and of other hosts' words: text alone. No control character moves its cursor, sets its title or begins a
// line of its own, and nothing turns a line around.
import { Writable } from 'node:stream'
import { describe, expect, it, vi } from 'vitest'
import { printFindings } from '../../src/cli/doctor/finding.ts'
import { preview, previews } from '../../src/cli/preview/preview.ts'
import { terminalPrompts } from '../../src/cli/prompts.ts'
import { runCommand } from '../../src/cli/run-command.ts'
import { orgChart } from '../../src/domain/team.ts'
import { AskError, GongRefused } from '../../src/errors.ts'
import { fakeStats, maria, now, personFigures, team, teamReport } from '../kit/report-fixtures.ts'

const hostile = 'Eve\u001b]0;title\u0007\u001b[2J\u202eevE\r\n  ✓ No problems found.'
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const moving = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/
const falseLine = /^\s*✓ No problems found/m

const renamed = <Of extends { readonly name: string }>(one: Of): Of => ({ ...one, name: hostile })
const people = team.map(renamed)

describe('a name that would work a terminal', () => {
  it.each(previews)('is text in the preview of %s', async (report) => {
    const { text } = await preview(
      { report },
      {
        stats: fakeStats({
          team: teamReport({ manager: renamed(maria), members: people, people: people.map((each) => personFigures(each)) }),
        }),
        chart: orgChart([renamed(maria), ...people]),
        today: '2026-11-23',
        now,
        zone: 'Europe/Berlin',
        weekStart: 1,
        gongAppUrl: 'https://app.gong.io',
      },
    )
    const [read = ''] = text.split('--- Block Kit ---')
    expect(read).not.toMatch(moving)
    expect(read).not.toMatch(falseLine)
  })

  it('is text among the findings of the doctor and of the proof', () => {
    const printed = printFindings([{ area: 'Gong', state: 'to fix', says: `Gong refused: ${hostile}`, remedy: hostile }])
    expect(printed).toContain('Eve')
    expect(printed).not.toMatch(moving)
    expect(printed).not.toMatch(falseLine)
  })

  it('is text where a command ends with it', async () => {
    const printed: string[] = []
    const spied = vi.spyOn(console, 'error').mockImplementation((line: string) => void printed.push(line))
    const { exitCode } = process
    try {
      await runCommand(() => Promise.reject(new GongRefused({ endpoint: 'GET /v2/users', status: 403, errors: [hostile] })))
      await runCommand(() => Promise.reject(new AskError(`Nobody reports to ${hostile} in Gong.`)))
    } finally {
      spied.mockRestore()
      process.exitCode = exitCode
    }
    expect(printed).toHaveLength(2)
    expect(printed.join('\n')).not.toMatch(moving)
    expect(printed.join('\n')).not.toMatch(falseLine)
  })

  it('is text where the setup says it', () => {
    let written = ''
    const output = new Writable({
      write(chunk: Buffer, _encoding, done) {
        written += chunk.toString()
        done()
      },
    })
    const prompts = terminalPrompts(output)
    prompts.say(hostile)
    prompts.say(hostile, 'People')
    prompts.warn(hostile)
    expect(written).toContain('Eve')
    for (const sign of ['\u001b]0;', '\u001b[2J', '\u0007', '\u202e']) expect(written).not.toContain(sign)
  })
})
