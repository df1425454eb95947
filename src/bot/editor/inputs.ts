// The inputs that the digest editor and the programme editor share. Pure.
import type { InputPart } from '../../render/modal.ts'
import { weekdayName } from '../wording/runs.ts'

export interface InputOptions {
  readonly optional?: boolean
  /** A change draws the form anew. */
  readonly redraws?: boolean
  readonly hint?: string
}

export const input = (id: string, label: string, element: InputPart['element'], options: InputOptions = {}): InputPart => ({
  type: 'input',
  id,
  label,
  element,
  ...options,
})

/** Monday to Sunday as choices; values are `1` to `7`. */
export const weekdayChoices = ([1, 2, 3, 4, 5, 6, 7] as const).map((day) => ({ label: weekdayName(day), value: String(day) }))

export const whenEmptyInput = (id: string, initial: 'say' | 'skip'): InputPart =>
  input(id, 'When nothing happened', {
    type: 'radio',
    choices: [
      { label: 'Say so in one line', value: 'say' },
      { label: 'Send nothing', value: 'skip' },
    ],
    initial,
  })
