// What the demo's people ask Slackbot. A language model would pick the tool from any words; here one picks from a list of questions or types
// one of them. Answers and presses go to the app as Slack sends them.
import type { SlackbotConversation, SlackbotEntry } from './page/stage.ts'
import { controlIn } from './slack/control-acts.ts'
import { isJson } from './slack/method.ts'
import type { SimulatedSlack } from './slack/simulated-slack.ts'
import type { Json } from './slack/workspace.ts'

interface Question {
  readonly words: string
  readonly tool: string
  readonly given: Json
}

/** `name`: somebody who reports to the demo's manager. */
const questionsAbout = (name: string): readonly Question[] => [
  { words: 'How did I do last week?', tool: 'my_numbers', given: {} },
  { words: 'How did my team do last month?', tool: 'team_numbers', given: { team: 'my team', period: 'last month' } },
  { words: 'Who should I look at this week?', tool: 'who_to_look_at', given: {} },
  { words: `How is ${name} doing?`, tool: 'person_numbers', given: { person: name } },
  { words: `Prepare my 1:1 with ${name}`, tool: 'prepare_one_on_one', given: { person: name } },
  { words: 'Who have I not coached?', tool: 'coaching_coverage', given: {} },
  { words: 'What did the scorecards of last quarter say?', tool: 'scorecards', given: { period: 'last quarter' } },
  { words: 'What does patience mean?', tool: 'what_does_it_mean', given: { figure: 'patience' } },
  { words: 'Who has seen my numbers?', tool: 'who_saw_my_numbers', given: {} },
]

export function createSlackbotConversation(slack: SimulatedSlack, name: string): SlackbotConversation {
  const questions = questionsAbout(name)
  const conversations = new Map<string, SlackbotEntry[]>()
  const entriesOf = (userId: string): SlackbotEntry[] => {
    const entries = conversations.get(userId) ?? []
    conversations.set(userId, entries)
    return entries
  }

  async function called(userId: string, tool: string, given: Json): Promise<Pick<SlackbotEntry, 'tool' | 'text' | 'blocks' | 'problems'>> {
    const { text, blocks, problems } = await slack.slackbot.call(userId, tool, given)
    // Slack gives each block an id, which sets one press apart from another.
    return { tool, text, blocks: blocks.map((block, index) => ({ block_id: `b${index}`, ...block })), problems }
  }

  return {
    questions: questions.map(({ words }) => words),
    entries: (userId) => entriesOf(userId),
    async ask(userId, words) {
      const question = nearestQuestion(words, questions)
      const ts = slack.workspace.nextTs()
      const answer = question ? await called(userId, question.tool, question.given) : notUnderstood(questions)
      entriesOf(userId).push({ ts, question: words, ...answer })
      slack.workspace.changed()
    },
    async press(userId, ts, control, value) {
      const entries = entriesOf(userId)
      const at = entries.findIndex((entry) => entry.ts === ts)
      const entry = entries[at]
      if (!entry) throw new Error('There is no such answer any more.')
      const { element, actionId } = controlIn(entry.blocks, control)
      const tool = /^tool:(.+)$/.exec(actionId)?.[1]
      if (tool === undefined) return
      const given: unknown = JSON.parse(String(element.type === 'button' ? element.value : value))
      // The answer takes the place of the blocks that were pressed.
      entries[at] = { ...entry, ...(await called(userId, tool, isJson(given) ? given : {})) }
      slack.workspace.changed()
    },
  }
}

const notUnderstood = (questions: readonly Question[]): Pick<SlackbotEntry, 'text' | 'blocks' | 'problems'> => {
  const text = `There is no language model on this page. It knows these questions: ${questions.map(({ words }) => words).join(' · ')}`
  return { text, blocks: [{ type: 'section', text: { type: 'plain_text', text } }], problems: [] }
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}:]{3,}/gu) ?? []

/** The question that shares most words with what was typed; at least half of them. */
function nearestQuestion(typed: string, questions: readonly Question[]): Question | undefined {
  const wanted = new Set(wordsOf(typed))
  const shared = (question: Question): number => wordsOf(question.words).filter((word) => wanted.has(word)).length
  const [best] = questions.toSorted((a, b) => shared(b) - shared(a))
  return best && shared(best) * 2 >= wanted.size && shared(best) > 0 ? best : undefined
}
