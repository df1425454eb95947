// The manager digest: the team's figures, whom to coach and which call to hear first, by direct message.

import { cutWords } from '../../domain/cut-list.ts'
import type { Person } from '../../domain/person.ts'
import type { Part } from '../../render/message.ts'
import { listWords } from '../../render/text/numbers.ts'
import { bold, line } from '../../render/text/text.ts'
import type { DigestRequest } from '../digest.ts'
import type { ReportContext } from '../section.ts'
import { leaderSections } from '../sections/index.ts'
import { nameOf } from '../wording/subject.ts'
import { seenByLeaders } from '../wording/who-sees.ts'
import { asks, changeSchedule, type DigestRecipe, firstTime, stopThese } from './digest-recipe.ts'

export const manager: DigestRecipe = {
  sections: leaderSections,
  closing: (request, context) => [...unansweredReminders(request, context), ...firstTime(request, seenByLeaders)],
  controls: (request, context) => {
    const team = request.subjectId === undefined ? 'team' : `gong:${request.subjectId} team`
    return [
      asks('People', 'people', `/gong-stats ${team}`, context, ' details'),
      asks('Coaching', 'coaching', `/gong-coaching ${team}`, context),
      asks('Scorecards', 'scorecards', `/gong-scorecards ${team}`, context),
      ...changeSchedule(request),
      ...stopThese(request, context),
    ]
  },
}

const namesOf = (people: readonly Person[], context: ReportContext): readonly string[] => people.map((person) => nameOf(context, person))

export const unansweredReminders = ({ unanswered = [] }: DigestRequest, context: ReportContext): readonly Part[] =>
  unanswered.length === 0
    ? []
    : [
        {
          type: 'text',
          line: line(bold('Reminders unanswered for two weeks:'), ` ${listWords(cutWords(namesOf(unanswered, context), 5))}.`),
        },
      ]
