// The Home tab, top to bottom: the week, what there is to do, what comes by itself, how the bot runs, help. One screen before help. Each part
// decides for itself whether the viewer gets it.
import type { HomeSection } from '../action.ts'
import { countedCards } from './admin-cards.ts'
import { latestChanges } from './admin-changes.ts'
import { outages } from './admin-outages.ts'
import { unmatchedPeople } from './admin-people.ts'
import { readingState } from './admin-reading.ts'
import { roles } from './admin-roles.ts'
import { help } from './help.ts'
import { myDigests } from './my-digests.ts'
import { myTeam } from './my-team.ts'
import { myWeek } from './my-week.ts'
import { reminders } from './reminders.ts'
import { stranger } from './stranger.ts'
import { installedVersion } from './version.ts'
import { whoHasSeen } from './who-has-seen.ts'

export const home: readonly HomeSection[] = [
  stranger,
  outages,
  myTeam,
  myWeek,
  reminders,
  unmatchedPeople,
  myDigests,
  whoHasSeen,
  readingState,
  countedCards,
  roles,
  help,
  latestChanges,
  installedVersion,
]
