// A button that asks a command. A press is checked exactly as if the presser had typed the text, so it can reach nothing more.
import type { Control } from './message.ts'

/**
 * `name` distinguishes the buttons of one message; presses on all of them route alike.
 * @example askButton('My numbers', '/gong-stats me', 'mine')
 */
export const askButton = (label: string, command: string, name: string | number): Extract<Control, { type: 'button' }> => ({
  type: 'button',
  label,
  actionId: askActionId(name),
  value: command,
})

/** For selects and menus whose options are commands. */
export const askActionId = (name: string | number): string => `ask:${name}`
