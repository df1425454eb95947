// Which averages of one card may be shown beside each other to readers without names. An overall score is made of its card's applicable
// answers. So averages on almost the same cards reveal what the few are worth that are in one of them alone, and what is left of the overall
// average, once all questions of most cards are taken away, is about the few cards with another set of questions. Questions that would
// reveal it are withheld; a card without overall scores keeps all of its questions. Pure.
import type { Filled } from './filled-by.ts'

/** A card that is in an average, whose it is and who filled it. */
export interface InAverage extends Filled {
  readonly cardId: string
}

/** Whether a figure of these cards says nothing about too few people. */
export type IsAnonymous = (cards: readonly InAverage[]) => boolean

export interface QuestionCards {
  /** Cards with a score for it. */
  readonly scored: readonly InAverage[]
  /** Those of them that its average rests on; empty where there is none. */
  readonly averaged: readonly InAverage[]
}

/**
 * The questions whose averages may be shown beside the overall one.
 * @param whole what the overall average rests on; empty where no card has a score
 * @example besideOverall(six, new Map([['pain', { scored: six, averaged: six }], ['next', { scored: five, averaged: five }]]), isAnonymous) // Set { 'pain' }
 */
export function besideOverall(
  whole: readonly InAverage[],
  questions: ReadonlyMap<string, QuestionCards>,
  isAnonymous: IsAnonymous,
): ReadonlySet<string> {
  if (whole.length === 0) return new Set(questions.keys())
  const overall = setOf(whole)
  const sets = new Map([...questions].map(([name, { averaged }]) => [name, setOf(averaged)]))
  const applicable = applicableOf(overall, questions, sets)
  const shown = new Map<string, Cards>()
  // What most questions rest on comes first, so that as few as possible are withheld.
  const alike = [...Map.groupBy(sets, ([, cards]) => [...cards.keys()].toSorted().join(' ')).values()]
  for (const [name, set] of alike.toSorted((a, b) => b.length - a.length).flat()) {
    if (set.size === 0) continue
    const others = [overall, ...shown.values()]
    if (!others.every((other) => tellsNothing(set, other, isAnonymous) && tellsNothing(other, set, isAnonymous))) continue
    const taken = new Map([...shown, [name, set]])
    if (!leavesFew(overall, applicable, taken, isAnonymous)) shown.set(name, set)
  }
  return new Set(shown.keys())
}

type Cards = ReadonlyMap<string, InAverage>

const setOf = (cards: readonly InAverage[]): Cards => new Map(cards.map((card) => [card.cardId, card]))

/** Whether those who are in the one and not in the other are nobody, or enough. */
function tellsNothing(one: Cards, other: Cards, isAnonymous: IsAnonymous): boolean {
  const alone = [...one.values()].filter(({ cardId }) => !other.has(cardId))
  return alone.length === 0 || isAnonymous(alone)
}

/** The questions that have a score on each card; those whose average leaves the card out are marked, so that they are none of the shown. */
function applicableOf(
  overall: Cards,
  questions: ReadonlyMap<string, QuestionCards>,
  sets: ReadonlyMap<string, Cards>,
): ReadonlyMap<string, readonly string[]> {
  const applicable = new Map<string, string[]>([...overall.keys()].map((cardId) => [cardId, []]))
  for (const [name, { scored }] of questions)
    for (const { cardId } of scored) applicable.get(cardId)?.push(sets.get(name)?.has(cardId) ? name : `left out of ${name}`)
  return applicable
}

/** Cards to which the same questions apply. */
interface Pattern {
  readonly questions: readonly string[]
  readonly cards: readonly InAverage[]
}

/**
 * Whether taking shown questions from the overall average can leave few people's answers. The cards of a pattern cancel out when all of its
 * questions are shown and each is taken in its share, 1 ÷ their number; of two patterns with a question in common but not as many
 * questions only one can.
 */
function leavesFew(
  overall: Cards,
  applicable: ReadonlyMap<string, readonly string[]>,
  shown: ReadonlyMap<string, Cards>,
  isAnonymous: IsAnonymous,
): boolean {
  // A question that other cards answered as well brings those into the difference, and they are enough.
  const usable = new Set([...shown].flatMap(([name, cards]) => ([...cards.keys()].every((cardId) => overall.has(cardId)) ? [name] : [])))
  const patterns = patternsOf(overall, applicable)
  const cancels = ({ questions }: Pattern): boolean => questions.every((name) => usable.has(name))
  const [large, small] = [patterns.filter(({ cards }) => isAnonymous(cards)), patterns.filter(({ cards }) => !isAnonymous(cards))]
  // Whatever else is taken, enough people remain.
  if (!large.every(cancels) || large.some((one) => large.some((other) => areOpposed(one, other)))) return false
  const always = small.filter((one) => !cancels(one) || large.some((other) => areOpposed(one, other)))
  const remaining = always.flatMap(({ cards }) => cards)
  if (remaining.length > 0) return !isAnonymous(remaining)
  return small.some((one) => small.some((other) => areOpposed(one, other)))
}

function patternsOf(overall: Cards, applicable: ReadonlyMap<string, readonly string[]>): readonly Pattern[] {
  const same = Map.groupBy(overall, ([cardId]) => (applicable.get(cardId) ?? []).join(' '))
  return [...same.values()].map((cards) => ({
    questions: applicable.get(cards[0]?.[0] ?? '') ?? [],
    cards: cards.map(([, card]) => card),
  }))
}

const areOpposed = (one: Pattern, other: Pattern): boolean =>
  one.questions.length !== other.questions.length && one.questions.some((name) => other.questions.includes(name))
