// Everything people press or submit. An entry handles its id and every id that begins with it and a colon; the longest wins.

import type { Action } from '../action.ts'
import { commands } from '../commands/index.ts'
import { digestForm, editDigest, newDigest } from '../editor/editor.ts'
import { openProgramme, programmeForm } from '../editor/programme-editor.ts'
import { openGrant, openMove, saveGrant, saveMove } from './admin.ts'
import { askAgain, askBeside } from './ask.ts'
import { openGoal, reminderButtons, saveGoal } from './coaching.ts'
import { openCountedCards, saveCountedCards } from './counted-cards.ts'
import { csv } from './csv.ts'
import { digestButtons } from './digest.ts'
import { openEndRole, pickRole, revoke, saveEndRole } from './end-role.ts'
import { previewTeam } from './first-contact.ts'
import { askLink, openLink, pickPerson, saveLink } from './link.ts'
import { keepPeopleList, usePeopleList } from './people-list.ts'
import { sendToMe } from './send-to-me.ts'
import { share, shareNow } from './share.ts'
import { openUnlink, pickLinked, saveUnlink } from './unlink.ts'

export const actions: readonly Action[] = [
  askAgain(commands),
  askBeside(commands),
  share,
  shareNow,
  csv,
  sendToMe,
  askLink,
  openLink,
  saveLink,
  pickPerson,
  openUnlink,
  saveUnlink,
  pickLinked,
  openMove,
  saveMove,
  openGrant,
  saveGrant,
  revoke,
  openEndRole,
  saveEndRole,
  pickRole,
  openCountedCards,
  saveCountedCards,
  digestButtons,
  reminderButtons,
  openGoal,
  saveGoal,
  previewTeam,
  usePeopleList,
  keepPeopleList,
  editDigest,
  newDigest,
  digestForm,
  openProgramme,
  programmeForm,
]
