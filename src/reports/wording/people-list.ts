// The question about a list of people that shrank beyond belief: its two buttons, under a message to admins and in Home.
import type { Control } from '../../render/message.ts'

export const useListAction = 'people-list-use'
export const keepListAction = 'people-list-keep'

export const listControls: readonly Control[] = [
  { type: 'button', label: 'Use it', actionId: useListAction },
  { type: 'button', label: 'Keep the old one', actionId: keepListAction, style: 'primary' },
]
