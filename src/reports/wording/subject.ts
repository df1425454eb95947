// What a report is about, in words. Names are untrusted text: whoever puts them into a line escapes them there.
import type { Person } from '../../domain/person.ts'
import { clip } from '../../render/text/text.ts'
import type { ReportContext } from '../section.ts'
import { isOwn, personOf, readerOf, teamOf } from './viewpoint.ts'

const longestName = 60

type Named = Pick<Person, 'name' | 'id'>

/**
 * A kept message must be found by everybody it names, and a first name alone is nobody's: so names become words here alone, and who they are of
 * is noted with the message. `{}` for words that are not kept.
 */
export type Noting = Pick<ReportContext, 'mentions'>

const wholeName = (person: Named): string => clip(person.name.trim(), longestName) || person.id

const first = (person: Named): string => clip(wholeName(person).split(/\s+/)[0] ?? '', 30) || person.id

export function nameOf({ mentions }: Noting, person: Named): string {
  mentions?.add(person.id)
  return wholeName(person)
}

export function firstName({ mentions }: Noting, person: Named): string {
  mentions?.add(person.id)
  return first(person)
}

/** First names where no two of the people share one, else the whole name: the one way messages about several people name them. */
export function namesAmong(noting: Noting, people: readonly Named[]): (person: Named) => string {
  const times = new Map<string, number>()
  for (const person of people) times.set(first(person), (times.get(first(person)) ?? 0) + 1)
  return (person) => ((times.get(first(person)) ?? 0) > 1 ? nameOf(noting, person) : firstName(noting, person))
}

/** `Ana's`, `James’`. */
export const possessive = (name: string): string => (/s$/i.test(name) ? `${name}’` : `${name}'s`)

/** `Your` to the person themself, else `Ana's`. */
export const whose = (context: ReportContext, person: Person): string => (isOwn(context) ? 'Your' : possessive(firstName(context, person)))

/** `Priya Nair's team`, `Ana Diaz`, `The company`. Asks for nothing that sections do not ask for too. */
export async function subjectTitle(context: ReportContext): Promise<string> {
  const { subject, stats, period } = context
  if (subject.type === 'company') return 'The company'
  if (subject.type === 'person') {
    const personId = personOf(context)
    if (personId === undefined) return 'Personal figures'
    return nameOf(context, (await stats.person(personId, period, readerOf(context))).figures.person)
  }
  const { manager } = await teamOf(context, subject)
  const kind = subject.type === 'team' ? 'team' : 'org'
  return manager ? `${possessive(nameOf(context, manager))} ${kind}` : `A ${kind}`
}
