// A button that asks a command. A press is checked exactly as if the presser had typed the text, so it can reach nothing more.
import type { Control } from './message.ts'

type Button = Extract<Control, { type: 'button' }>

/**
 * In a private reply its answer takes the reply's place. `name` distinguishes the buttons of one message; presses on all of them route alike.
 * @example askButton('My numbers', '/gong-stats me', 'mine')
 */
export const askButton = (label: string, command: string, name: string | number): Button => ({
  type: 'button',
  label,
  actionId: askActionId(name),
  value: command,
})

/** For an entry of a list: its answer comes beside the list, which may hold more to press. */
export const besideButton = (label: string, command: string, name: string | number): Button => ({
  type: 'button',
  label,
  actionId: besideActionId(name),
  value: command,
})

/** For selects and menus whose options are commands; without a name, what all of them begin with. */
export const askActionId = (name?: string | number): string => (name === undefined ? 'ask' : `ask:${name}`)

/** The same for a list that stays. */
export const besideActionId = (name?: string | number): string => (name === undefined ? 'ask:beside' : `ask:beside:${name}`)
