// Home for admins: which version runs, to name when something is reported.
import { line } from '../../render/text/text.ts'
import type { HomeSection } from '../action.ts'

export const installedVersion: HomeSection = {
  id: 'version',
  async write(viewer, services) {
    if (viewer.standing !== 'member' || !viewer.isAdmin) return undefined
    return [{ type: 'note', line: line(`gong-digest ${services.settings.version}`) }]
  },
}
