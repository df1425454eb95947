// Home: what can be asked, from the list of commands.

import type { HomeSection } from '../action.ts'
import { allowedParts } from '../commands/allowed-offers.ts'
import { menu } from '../commands/help.ts'
import { commands } from '../commands/index.ts'

export const help: HomeSection = {
  id: 'help',
  async write(viewer, services, at) {
    if (viewer.standing !== 'member') return undefined
    return [{ type: 'heading', text: 'What you can ask' }, ...(await allowedParts(menu(commands).parts, { viewer, ...at }, services))]
  },
}
