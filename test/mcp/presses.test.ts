// Buttons as calls of tools: what a text means is kept, and means something else on another day and for another tool.
import { expect, it } from 'vitest'
import { withPresses } from '../../src/bot/tools/presses.ts'
import { askButton } from '../../src/render/ask-button.ts'

const pressOf = (today: string, text: string, tool: string) => {
  const message = { summary: 'x', parts: [{ type: 'buttons' as const, controls: [askButton('Ask', text, 'again')] }] }
  const [part] = withPresses(message, { today, weekStart: 1 }, tool).parts
  return part?.type === 'buttons' ? part.controls.map((control) => [control.actionId, 'value' in control ? control.value : '']) : []
}

it('is offered on a day that has an answer, and not on one that has none, however often it was asked', () => {
  // On a Monday this week has no complete day.
  for (let time = 0; time < 2; time += 1) {
    expect(pressOf('2026-11-23', '/gong-stats team this week', 'team_numbers')).toEqual([])
    expect(pressOf('2026-11-24', '/gong-stats team this week', 'team_numbers')).toEqual([
      ['tool:team_numbers', JSON.stringify({ team: 'team', period: 'this week' })],
    ])
  }
})

it('asks the tool that was asked where the text names nobody', () => {
  for (let time = 0; time < 2; time += 1) {
    expect(pressOf('2026-11-24', '/gong-stats last week', 'my_numbers').map(([tool]) => tool)).toEqual(['tool:my_numbers'])
    expect(pressOf('2026-11-24', '/gong-stats last week', 'team_numbers').map(([tool]) => tool)).toEqual(['tool:team_numbers'])
  }
})
