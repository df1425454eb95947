// Help without buttons that would be refused: every question keeps its words, and only those its reader may ask can be pressed.
import { AskError } from '../../errors.ts'
import type { Control, Message, Part } from '../../render/message.ts'
import type { BotServices } from '../command.ts'
import { type Asker, understandValue } from './question.ts'

/** Asks with these words show nobody's figures, so no right can be lacking. */
const needsNoRight = /^\S+ (?:help|definitions|who saw me|remind)\b/

export const onlyAllowed = async (message: Message, asker: Asker, services: BotServices): Promise<Message> => ({
  ...message,
  parts: await allowedParts(message.parts, asker, services),
})

export async function allowedParts(parts: readonly Part[], asker: Asker, services: BotServices): Promise<readonly Part[]> {
  const isAllowed = async (control: Control): Promise<boolean> =>
    control.type !== 'button' || !control.actionId.startsWith('ask:') || !(await isRefused(control.value ?? '', asker, services))
  return Promise.all(
    parts.map(async (part): Promise<Part> => {
      if (part.type === 'buttons') {
        const may = await Promise.all(part.controls.map(isAllowed))
        return { ...part, controls: part.controls.filter((_control, index) => may[index]) }
      }
      if (part.type !== 'text' || !part.control || (await isAllowed(part.control))) return part
      const { control: _refused, ...words } = part
      return words
    }),
  ).then((kept) => kept.filter((part) => part.type !== 'buttons' || part.controls.length > 0))
}

/** Whether its asker would read a refusal: by the path of the press itself. */
async function isRefused(value: string, asker: Asker, services: BotServices): Promise<boolean> {
  if (needsNoRight.test(value) || value.startsWith('/gong-digest')) return false
  try {
    return 'refusal' in (await understandValue(value, asker, services))
  } catch (error) {
    if (error instanceof AskError) return true
    throw error
  }
}
