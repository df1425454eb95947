// A tool that Slackbot may call for somebody: name, description and arguments for the model that picks it, and the answer. It reads and
// never posts, changes or invites. The list in index.ts joins them. A tool asks what a command would: understand, policy, report.
import { z } from 'zod'
import { AskError } from '../../errors.ts'
import type { Message } from '../../render/message.ts'
import type { InFull } from '../../render/text/for-a-model.ts'
import type { BotServices, Say } from '../command.ts'
import type { Asker } from '../commands/question.ts'

/** Who asks, and what a tool may use. */
export interface ToolCall {
  readonly asker: Asker
  readonly services: BotServices
  /** Called before the answer when something is fetched first. */
  readonly say: Say
}

/** Buttons and lists carry command texts, as in every message; presses.ts makes them into calls of tools. */
export interface ToolAnswer {
  readonly message: Message
  /** Of reports. */
  readonly inFull?: InFull | undefined
}

export interface Tool {
  /** As a model calls it: small letters and underscores. */
  readonly name: string
  /** For people. */
  readonly title: string
  /** What a model picks it by: what it answers, for whom, what it does not. */
  readonly description: string
  /** JSON Schema of the arguments. */
  readonly inputSchema: Readonly<Record<string, unknown>>
  /** What of the arguments holds, to be asked again by a press. @throws AskError that names the argument */
  understood(given: unknown): ToolArguments
  /** @throws AskError with words and a next step */
  answer(given: unknown, call: ToolCall): Promise<ToolAnswer>
}

export type ToolArguments = Readonly<Record<string, string | number | boolean | undefined>>

const text = (most: number, about: string) => z.string().trim().max(most, `is longer than ${most} characters`).describe(about).optional()

/** Arguments that several tools take. */
export const takes = {
  person: text(
    200,
    'Whose figures: a Slack user id (U…), an e-mail address, or the full name as the user said it. Never guess a person the user did not name.',
  ),
  period: text(
    100,
    'The time in the user\'s own words or as dates: "last week", "this month", "November", "last 30 days", "2026-11-01..2026-11-15". Leave it out for the last full week.',
  ),
  details: z.boolean('must be true or false').describe('True for everything: charts, every question, person by person.').optional(),
  fetch: z
    .boolean('must be true or false')
    .describe('True only after an answer said what fetching this period for the whole company costs and the user agreed.')
    .optional(),
  who: text(
    200,
    'Whose: "me", "team", "org", "company", a Slack user id (U…), an e-mail address, a full name, or "<name>\'s team". Leave it out for the usual.',
  ),
  team: text(
    200,
    'Which group: "team" (the user\'s own), "org" (everybody below the user), "company", or a manager (Slack user id, e-mail address or full name). Leave it out for the usual.',
  ),
  card: text(100, 'Only scorecards of this name.'),
  figure: text(100, 'One figure, for example "talk ratio". Leave it out for all.'),
  page: z
    .int('must be a whole number from 1 to 500')
    .min(1, 'must be from 1 to 500')
    .max(500, 'must be from 1 to 500')
    .describe('1 is the newest.')
    .optional(),
} as const

/** Ties a tool to the arguments it takes. */
export function defineTool<Shape extends Partial<typeof takes>>(tool: {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly takes: Shape
  answer(given: z.infer<z.ZodObject<Shape>>, call: ToolCall): Promise<ToolAnswer>
}): Tool {
  const schema = z.object(tool.takes)
  const understood = (given: unknown): z.infer<z.ZodObject<Shape>> => {
    const result = schema.safeParse(withoutNothing(given))
    if (result.success) return result.data
    const [issue] = result.error.issues
    const name = issue?.path.map(String).join('.') || 'the arguments'
    const problem =
      issue?.code === 'invalid_type' && issue.message.startsWith('Invalid')
        ? `must be ${issue.expected === 'object' ? 'an object' : 'a text'}`
        : issue?.message
    throw new AskError(`I could not read ${name}: it ${problem ?? 'is not valid'}.`)
  }
  const { $schema: _draft, ...inputSchema } = z.toJSONSchema(schema, { io: 'input' })
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema,
    understood: (given) => understood(given) as ToolArguments,
    answer: async (given, call) => tool.answer(understood(given), call),
  }
}

/** Models send null and empty texts for what they leave out. */
function withoutNothing(given: unknown): unknown {
  if (given === undefined || given === null) return {}
  if (typeof given !== 'object' || Array.isArray(given)) return given
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== ''))
}
