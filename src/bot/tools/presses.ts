// Buttons and lists of a message as calls of tools: what a command's button would ask by typing, Slackbot asks by a tool. What no tool
// answers (sharing, files, anything that changes something) is left out; links stay.
import type { Control, Message, Part } from '../../render/message.ts'
import { toolActionId } from '../../render/slackbot.ts'
import { isDefinitions } from '../commands/definitions.ts'
import { isHelp } from '../commands/help.ts'
import { readWord } from '../commands/question.ts'
import { isWhoSawMe } from '../commands/who-saw-me.ts'
import type { Calendar } from '../words/complete-period.ts'
import { type ParsedAsk, parseAsk } from '../words/parse-ask.ts'
import type { ToolArguments } from './tool.ts'

/** A call of a tool. */
interface Press {
  readonly tool: string
  readonly with: ToolArguments
}

/** `bare`: the tool that was asked; a button that says nobody asks it again. */
export function withPresses(message: Message, calendar: Calendar, bare: string): Message {
  const made = (control: Control): readonly Control[] => pressed(control, calendar, bare)
  return { summary: message.summary, parts: message.parts.flatMap((part) => partWithPresses(part, made)) }
}

function partWithPresses(part: Part, made: (control: Control) => readonly Control[]): readonly Part[] {
  if (part.type === 'text' && part.control) {
    const [control] = made(part.control)
    return [{ type: 'text', line: part.line, ...(control && { control }) }]
  }
  if (part.type === 'item') return [{ ...part, controls: part.controls.flatMap(made) }]
  if (part.type !== 'buttons') return [part]
  const controls = part.controls.flatMap(made)
  return controls.length > 0 ? [{ ...part, controls }] : []
}

/** Slack's limit of an option's value; the arguments of a longer one go on a button. */
const longestOption = 75

function pressed(control: Control, calendar: Calendar, bare: string): readonly Control[] {
  if (control.actionId.startsWith(toolActionId(''))) return [control]
  if (control.type === 'button') {
    if (control.url !== undefined) return [{ type: 'button', label: control.label, actionId: control.actionId, url: control.url }]
    const press = control.actionId.startsWith('ask') ? pressOf(control.value ?? '', calendar, bare) : undefined
    return press ? [{ type: 'button', label: control.label, actionId: toolActionId(press.tool), value: JSON.stringify(press.with) }] : []
  }
  if (!control.actionId.startsWith('ask')) return []
  const options = control.options.flatMap(({ label, value }) => {
    const press = pressOf(value, calendar, bare)
    return press ? [{ label, tool: press.tool, value: JSON.stringify(press.with) }] : []
  })
  const [first] = options
  if (!first) return []
  // One list stands for one tool.
  const same = options.filter(({ tool }) => tool === first.tool).map(({ label, value }) => ({ label, value }))
  if (same.every(({ value }) => value.length <= longestOption)) {
    return [
      {
        type: 'select',
        placeholder: control.type === 'select' ? control.placeholder : 'More',
        actionId: toolActionId(first.tool),
        options: same,
      },
    ]
  }
  const last = same.at(-1) ?? first
  return [{ type: 'button', label: last.label, actionId: toolActionId(first.tool), value: last.value }]
}

const reportTools = { '/gong-stats': 'my_numbers', '/gong-scorecards': 'scorecards', '/gong-coaching': 'coaching_coverage' } as const

const known = new Map<string, Press | undefined>()
/** Understanding a text takes long, and most answers offer the same ones: what a text means on a day is kept for a while. */
const mostKept = 2000

/** The call that asks what `typed` asks; undefined where no tool answers it. */
function pressOf(typed: string, calendar: Calendar, bare: string): Press | undefined {
  const key = JSON.stringify([calendar.today, calendar.weekStart, bare, typed])
  if (known.has(key)) return known.get(key)
  const press = understood(typed, calendar, bare)
  if (known.size >= mostKept) known.clear()
  known.set(key, press)
  return press
}

function understood(typed: string, calendar: Calendar, bare: string): Press | undefined {
  const command = (Object.keys(reportTools) as (keyof typeof reportTools)[]).find((name) => typed === name || typed.startsWith(`${name} `))
  if (!command) return undefined
  const text = typed.slice(command.length).trim()
  if (isHelp(text) || /^remind\b/i.test(text)) return undefined
  if (command === '/gong-stats' && isDefinitions(text)) return { tool: 'what_does_it_mean', with: {} }
  if (command === '/gong-stats' && isWhoSawMe(text)) return { tool: 'who_saw_my_numbers', with: pageIn(text) }
  try {
    return reportPress(
      command,
      parseAsk(text, { ...calendar, command, keywords: ['details', readWord], takesName: command === '/gong-scorecards' }),
      bare,
    )
  } catch {
    // A text that would be answered with a question is no press.
    return undefined
  }
}

const pageIn = (text: string): ToolArguments => {
  const page = Number(/\bpage\s+(\d{1,3})\b/i.exec(text)?.[1] ?? 1)
  return page > 1 ? { page } : {}
}

function reportPress(command: keyof typeof reportTools, { who, period, rest }: ParsedAsk, bare: string): Press {
  const words = who?.words
  const name = rest.filter((word) => word !== 'details' && word !== readWord).join(' ')
  // What is undefined is left out of a press.
  const when = { period: period?.words }
  const further = { ...when, details: rest.includes('details') || undefined, fetch: rest.includes(readWord) || undefined }
  if (command === '/gong-scorecards') return { tool: 'scorecards', with: { who: words, card: name || undefined, ...further } }
  if (command === '/gong-coaching') {
    if (who?.type === 'person') return { tool: 'prepare_one_on_one', with: { person: who.words, ...when } }
    if (bare === 'who_to_look_at') return { tool: bare, with: { team: words, ...when } }
    return { tool: 'coaching_coverage', with: { who: words, ...further } }
  }
  if (who === undefined) return { tool: bare === 'my_numbers' ? 'my_numbers' : 'team_numbers', with: further }
  if (who.type === 'me') return { tool: 'my_numbers', with: further }
  if (who.type === 'person') return { tool: 'person_numbers', with: { person: who.words, ...further } }
  return { tool: 'team_numbers', with: { team: who.words, ...further } }
}
