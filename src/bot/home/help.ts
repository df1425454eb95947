// Home: what can be asked, from the list of commands.

import type { HomeSection } from '../action.ts'
import { menu } from '../commands/help.ts'
import { commands } from '../commands/index.ts'

export const help: HomeSection = {
  id: 'help',
  async write(viewer) {
    if (viewer.standing !== 'member') return undefined
    return [{ type: 'heading', text: 'What you can ask' }, ...menu(commands).parts]
  },
}
